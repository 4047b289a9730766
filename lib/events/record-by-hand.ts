import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import { actorText, type Ctx, type OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { nudge } from '@/lib/platform/nudge';
import { EVERY_TEAM, insertEvents } from './mutations';
import { ownersOf, refOf, type Subject } from './owners';
import { type NewEvent, parseEvent } from './schema';

/** Where evidence recorded on Gait's own forms comes from, in the record. */
export const BY_HAND = 'gait:by-hand';

/** `at` in ms since 1970; now, when absent. */
export type HandEvent = { type: string; data: unknown; at?: number };

/**
 * Records what a person typed: the same events, through the same checks, as any other evidence.
 * @param tell what there is to record, asked in the transaction that records it, so that what it looked at still holds
 */
export async function recordByHand(
  ctx: Ctx,
  tell: (tx: Tx) => Promise<readonly HandEvent[]>,
): Promise<{ workIds: string[] }> {
  const { orgId, actor, clock } = ctx;
  const now = clock.now();
  const { workIds } = await inOrg(orgId, async (tx) => {
    const events = (await tell(tx)).map((event, index) => checked(event, now.getTime(), index));
    for (const team of await teamsOf(tx, orgId, events)) await allow(ctx, 'recordByHand', { team, tx });
    const written = await insertEvents(tx, orgId, now, [
      { from: actorText(actor), senderTeam: EVERY_TEAM, events },
    ]);
    await recordAudit(tx, ctx, {
      act: 'evidence.recorded',
      target: subjectOf(events),
      after: { source: BY_HAND, events: events.map(({ id, type, data }) => ({ id, type, data })) },
    });
    return written;
  });
  nudge();
  return { workIds };
}

/**
 * The teams whose lanes the evidence is about, by slug: of a task, the one that it has and the one that it is given; of an incident
 * alone, its own. Null where no team is known: then it takes somebody who may record for every team.
 */
async function teamsOf(tx: Tx, orgId: OrgId, events: readonly NewEvent[]): Promise<(string | null)[]> {
  const owners = await ownersOf(tx, orgId, events);
  const subject = events.some(({ taskRef }) => taskRef !== null) ? 'task' : 'incident';
  const teams = events.flatMap((event) => {
    const ref = refOf(event, subject);
    if (ref === null) return [];
    const name = (event.data as { [S in Subject]?: { team?: string } })[subject]?.team;
    const told = name === undefined ? null : owners.slugOfTeam(name);
    const { owner } = owners.now(subject, ref);
    const then = owners.with(subject, event, EVERY_TEAM);
    return [owner?.slug ?? then?.slug ?? null, then?.slug ?? null, ...(told === null ? [] : [told])];
  });
  return teams.length === 0 ? [null] : [...new Set(teams)];
}

/** What the evidence is about; of an incident and its link to a task, the incident. */
function subjectOf(events: readonly NewEvent[]): string {
  const incident = events.find(({ incidentRef }) => incidentRef !== null)?.incidentRef;
  const task = events.find(({ taskRef }) => taskRef !== null)?.taskRef;
  return incident ? `incident:${incident}` : `task:${task ?? ''}`;
}

function checked({ type, data, at }: HandEvent, now: number, index: number): NewEvent {
  const time = new Date(at ?? now + index).toISOString();
  const parsed = parseEvent({ specversion: '1.0', source: BY_HAND, id: newId(), type, time, data }, now);
  if (parsed.ok) return parsed.event;
  const [problem] = parsed.problems;
  const field = problem?.pointer.split('/').at(-1);
  throw new AppError('invalid', `${field}: ${problem?.message}.`);
}
