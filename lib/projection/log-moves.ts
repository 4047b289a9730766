import type { GearMove } from '@/generated/prisma/client';
import { type AuditEntry, recordAudits } from '@/lib/audit/record';
import { newsOf } from '@/lib/domain/lane/lane-news';
import { alertDemotions } from '@/lib/outbox/mutations/alerts';
import type { Clock } from '@/lib/platform/clock';
import { type Ctx, type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { enterOrg, holdOrg, inWorkList, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { correct, withdraw } from './log-corrections';
import { type Move, nameOf, type Place, readLanes } from './log-lanes';
import { upsert } from './upsert';

/** Lanes taken at once. */
const LANES = 50;

/** Moves that the audit log holds too: what Gait does by itself to a gear. Acceptances are there as the deeds of people. */
const AUDITED = { demoted: 'lane.demoted', voided: 'lane.acceptance_voided' } as const;

/**
 * Brings the log of gears up to what the evidence says, for lanes whose moves were derived anew: what is new is added, what stands
 * no longer is marked, and what Gait did by itself goes into the audit log. A lane waits until all that came in before is folded,
 * so that a half-read import or rebuild tells no story.
 * @returns how many lanes were looked at; 0 = there was nothing to do
 */
export async function logDueMoves(clock: Clock): Promise<number> {
  return inWorkList(async (tx) => {
    const claimed = await claimNews(tx);
    if (!claimed) return 0;
    const { orgId, places } = claimed;
    await enterOrg(tx, orgId);
    if (await holdOrg(tx)) await logMoves(tx, orgId, places, clock);
    await tx.laneNews.deleteMany({ where: { orgId, OR: places } });
    return places.length;
  });
}

async function claimNews(tx: Tx): Promise<{ orgId: OrgId; places: Place[] } | null> {
  const rows = await tx.$queryRaw<(Place & { org_id: string })[]>`
    SELECT n.org_id, n.team, n.category FROM lane_news n
    WHERE NOT EXISTS (SELECT FROM projection_work w
      WHERE w.org_id = n.org_id AND w.created_at <= n.since AND w.parked_until IS NULL)
    AND NOT EXISTS (SELECT FROM lane_due d
      WHERE d.org_id = n.org_id AND d.team = n.team AND d.category = n.category AND d.dirty_from IS NOT NULL)
    ORDER BY n.org_id, n.team, n.category LIMIT ${LANES} FOR UPDATE OF n SKIP LOCKED`;
  const first = rows[0]?.org_id;
  if (first === undefined) return null;
  const places = rows
    .filter(({ org_id }) => org_id === first)
    .map(({ team, category }) => ({ team, category }));
  return { orgId: vouchForOrg(first), places };
}

async function logMoves(tx: Tx, orgId: OrgId, places: Place[], clock: Clock): Promise<void> {
  const now = clock.now();
  const entries: AuditEntry[] = [];
  const heard: Move[] = [];
  for (const lane of await readLanes(tx, orgId, places)) {
    const { told, unheard, withdrawn, correction } = newsOf(lane.log, lane.moves, lane.gear);
    await upsert(
      tx,
      'logged_move',
      ['org_id', 'id'],
      told.map(({ id, row }) => rowOf(id, row, now)),
    );
    const taken = await withdraw(tx, orgId, withdrawn, now);
    entries.push(...unheard.flatMap(entryOf));
    heard.push(...unheard);
    if (correction) entries.push(await correct(tx, orgId, lane, correction.from, taken, now));
  }
  await alertDemotions(tx, orgId, heard, now);
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'Gait' }, clock, requestId: newId() };
  await recordAudits(tx, ctx, entries);
}

/** A move that is said again, after it was taken back, stands again. */
function rowOf(id: string, move: GearMove, since: Date): object {
  return {
    org_id: move.orgId,
    id,
    team: move.team,
    category: move.category,
    at: move.at,
    ordinal: move.ordinal,
    from_gear: move.fromGear,
    to_gear: move.toGear,
    kind: move.kind,
    reason: move.reason,
    people: move.people,
    task_ref: move.taskRef,
    evidence: move.evidence,
    policy_version: move.policyVersion,
    since,
    withdrawn_at: null,
    withdrawn_reason: null,
  };
}

function entryOf({ kind, from, to, row }: Move): AuditEntry[] {
  if (kind !== 'demoted' && kind !== 'voided') return [];
  const { at, taskRef: task, evidence, reason, policyVersion } = row;
  const after = { gear: to, at, task, evidence };
  return [
    {
      act: AUDITED[kind],
      target: `lane:${nameOf(row)}`,
      before: { gear: from },
      after,
      reason,
      policyVersion,
    },
  ];
}
