import { teamSlugOf } from '@/lib/domain/team-slug';
import { recordEvents } from '@/lib/events/mutations';
import { type NewEvent, type ParsedEvent, parseEvent } from '@/lib/events/schema';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import { newId } from '@/lib/platform/ids';
import { recommendationId } from '@/lib/projection/lane-rows';
import type { SampleDecision } from './decide';
import type { Sample } from './generate';
import { groupBy } from './group';

/** Events of one write: few enough for a request, too. */
const BATCH = 2_500;

/** Where decisions made in Gait come from, in the record. */
const GAIT_SOURCE = 'gait';

/**
 * Records a sample through the same door as any evidence, a team at a time: so the projector meets each lane once and
 * whole, and not once for every batch.
 * @param ids the people's ids by login
 */
export async function recordSample(
  ctx: Ctx,
  { events, decisions }: Sample,
  ids: ReadonlyMap<string, string>,
  onProgress: (share: number) => void,
): Promise<void> {
  const now = ctx.clock.now().getTime();
  const parsed = [
    ...events.map((event) => parseEvent(event, now)),
    ...decisions.map((decision): ParsedEvent => ({ ok: true, event: eventOf(ctx.orgId, decision, ids) })),
  ];
  let recorded = 0;
  for (const ofTeam of groupBy(parsed, teamFinder()).values()) {
    for (let start = 0; start < ofTeam.length; start += BATCH) {
      const result = await recordEvents(ctx, ofTeam.slice(start, start + BATCH));
      const refused = result.items.find(({ status }) => status === 'rejected');
      if (refused) throw new Error(`${refused.id} was refused: ${JSON.stringify(refused.errors)}`);
      recorded += result.items.length;
      onProgress(recorded / parsed.length);
    }
  }
}

/** A decision as Gait itself writes it when a person decides; from outside, the door refuses this type. */
function eventOf(orgId: OrgId, decision: SampleDecision, ids: ReadonlyMap<string, string>): NewEvent {
  const { at, lane, action, to, login, name, reason } = decision;
  return {
    source: GAIT_SOURCE,
    id: newId(),
    type: 'dev.gait.recommendation.decided.v1',
    at,
    taskRef: null,
    incidentRef: null,
    lane: `${lane.team}/${lane.category}`,
    data: {
      lane,
      recommendation: recommendationId({ orgId, ...lane }, { key: decision.recommendation }),
      action,
      to,
      person: { id: ids.get(login) ?? login, name },
      reason,
    },
  };
}

/** Tells an event's team: of a decision by its lane, of the rest by what was opened under their ref before. */
function teamFinder(): (item: ParsedEvent) => string {
  const teams = new Map<string, string>();
  return (item) => {
    if (!item.ok) return '';
    const { lane, taskRef, incidentRef, type, data } = item.event;
    if (lane !== null) return lane.slice(0, lane.indexOf('/'));
    const ref = incidentRef ?? taskRef ?? '';
    if (type === 'dev.gait.task.opened.v1' || type === 'dev.gait.incident.opened.v1') {
      const { task, incident } = data as { task?: { team?: string }; incident?: { team?: string } };
      teams.set(ref, teamSlugOf(task?.team ?? incident?.team ?? ''));
    }
    return teams.get(ref) ?? '';
  };
}
