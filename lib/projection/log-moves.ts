import { v5 } from 'uuid';
import type { GearMove, LoggedMove as LoggedRow } from '@/generated/prisma/client';
import { type AuditEntry, recordAudits } from '@/lib/audit/record';
import type { Gear } from '@/lib/domain/gear';
import { foldIncident } from '@/lib/domain/incident';
import {
  explainCorrection,
  explainWithdrawal,
  type LoggedMove,
  newsOf,
  type ToldMove,
  type Withdrawal,
} from '@/lib/domain/lane/lane-news';
import type { Clock } from '@/lib/platform/clock';
import { type Ctx, type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { enterOrg, holdOrg, inWorkList, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { policyOf } from './rules';
import { eventsOf } from './task-store';
import { upsert } from './upsert';

/** Lanes taken at once. */
const LANES = 50;

/** Names moves after their lane, time and kind, so that the same move is logged once. */
const MOVES = '2b1a4f0c-53d7-4f5e-9d0b-6f4c1a7e8d22';

/** Moves that the audit log holds too: what Gait does by itself to a gear. Acceptances are there as the deeds of people. */
const AUDITED = { demoted: 'lane.demoted', voided: 'lane.acceptance_voided' } as const;

type Place = { team: string; category: string };
type Move = ToldMove & { row: GearMove };
type Logged = LoggedMove & { row: LoggedRow };
type Lane = Place & { gear: Gear; moves: Move[]; log: Logged[] };
type Withdrawn = { move: Logged; why: Withdrawal };

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
    if (correction) entries.push(await correct(tx, orgId, lane, correction.from, taken, now));
  }
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'projector' }, clock, requestId: newId() };
  await recordAudits(tx, ctx, entries);
}

/** Lanes with all their moves, as derived and as logged. One that lost all its evidence is gone, and so in crawl. */
async function readLanes(tx: Tx, orgId: OrgId, places: Place[]): Promise<Lane[]> {
  const where = { orgId, OR: places };
  const select = { team: true, category: true, gear: true } as const;
  const gears = new Map((await tx.lane.findMany({ where, select })).map((lane) => [nameOf(lane), lane.gear]));
  const moves = Map.groupBy(await tx.gearMove.findMany({ where, orderBy: { at: 'asc' } }), nameOf);
  const log = Map.groupBy(await tx.loggedMove.findMany({ where }), nameOf);
  return places.map((place) => ({
    ...place,
    gear: (gears.get(nameOf(place)) ?? 'crawl') as Gear,
    moves: (moves.get(nameOf(place)) ?? []).map((row) => ({ ...told(row), id: idOf(row), row })),
    log: (log.get(nameOf(place)) ?? []).map((row) => ({
      ...told(row),
      id: row.id,
      since: row.since.getTime(),
      isWithdrawn: row.withdrawnAt !== null,
      row,
    })),
  }));
}

const nameOf = ({ team, category }: Place): string => `${team}/${category}`;

function told({ at, ordinal, kind, fromGear, toGear }: GearMove | LoggedRow): Omit<ToldMove, 'id'> {
  return { at: at.getTime(), ordinal, kind, from: fromGear as Gear, to: toGear as Gear };
}

function idOf({ orgId, team, category, at, kind, fromGear, toGear, taskRef }: GearMove): string {
  return v5(
    [orgId, team, category, at.getTime(), kind, fromGear, toGear, taskRef ?? ''].join('\u0001'),
    MOVES,
  );
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

/** Marks what stands no longer. @returns each with the reason, in the order in which they happened */
async function withdraw(
  tx: Tx,
  orgId: OrgId,
  moves: readonly Logged[],
  withdrawnAt: Date,
): Promise<Withdrawn[]> {
  const taken: Withdrawn[] = [];
  for (const move of [...moves].sort((a, b) => a.at - b.at)) {
    const { id } = move;
    const why = explainWithdrawal(await rejectedLink(tx, orgId, move.row.taskRef));
    const data = { withdrawnAt, withdrawnReason: why.reason };
    await tx.loggedMove.update({ where: { orgId_id: { orgId, id } }, data });
    taken.push({ move, why });
  }
  return taken;
}

/** The last word that took an incident off a task; null when there is none. */
async function rejectedLink(tx: Tx, orgId: OrgId, taskRef: string | null) {
  if (taskRef === null) return null;
  const where = { orgId, taskRef, status: 'rejected' };
  const row = await tx.incidentLink.findFirst({ where, orderBy: { linkedAt: 'desc' } });
  if (!row) return null;
  const { incidentRef } = row;
  const events = await eventsOf(tx, orgId, 'incident_ref', [incidentRef]);
  const incident = foldIncident(incidentRef, events.get(incidentRef) ?? []);
  const link = incident?.links.find((one) => one.taskRef === taskRef);
  return link ? { ...link, incidentRef } : null;
}

/** Logs the gear in which the lane finds itself. @returns the entry for the audit log */
async function correct(
  tx: Tx,
  orgId: OrgId,
  { team, category, gear }: Lane,
  from: Gear,
  taken: readonly Withdrawn[],
  now: Date,
): Promise<AuditEntry> {
  const { version: policyVersion } = await policyOf(tx, orgId);
  const why = taken[0]?.why ?? explainWithdrawal(null);
  const reason = explainCorrection(gear, why);
  const moves = taken.map(({ move: { row } }) => ({ kind: row.kind, at: row.at, reason: row.reason }));
  const row = { id: newId(), orgId, team, category, at: now, since: now, ordinal: 0, kind: 'corrected' };
  const evidence = { withdrawn: moves.map(({ kind, at }) => `${kind} ${at.toISOString()}`).join(', ') };
  const by = { people: [...why.people], taskRef: taken[0]?.move.row.taskRef ?? null };
  await tx.loggedMove.create({
    data: { ...row, ...by, fromGear: from, toGear: gear, reason, evidence, policyVersion },
  });
  return {
    act: 'lane.corrected',
    target: `lane:${team}/${category}`,
    before: { gear: from, moves },
    after: { gear },
    reason,
    policyVersion,
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
