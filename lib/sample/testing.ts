import type { GaitEvent } from '@/lib/domain/event';
import { type Explanation, explainLane } from '@/lib/domain/lane/explain';
import { foldLane } from '@/lib/domain/lane/fold-lane';
import { inLaneOrder } from '@/lib/domain/lane/lane-entry';
import type { LoggedMove, RecommendationEnd } from '@/lib/domain/lane/lane-log';
import { createLane, type LaneState, type OpenRecommendation } from '@/lib/domain/lane/lane-state';
import { summarize, type TrustSummary } from '@/lib/domain/trust/trust-summary';
import { parseEvent } from '@/lib/events/schema';
import type { PlacedTask } from '@/lib/projection/fold-tasks';
import { entriesByLane, placeTasks, rulesOf } from './evidence';
import type { Sample } from './generate';
import { groupBy } from './group';
import { laneKey } from './lane-script';

/** A lane as the projector leaves it. */
export type ReadLane = {
  state: LaneState;
  summary: TrustSummary;
  explanation: Explanation;
  moves: LoggedMove[];
  /** Recommendations that came to an end, oldest first. */
  ended: { recommendation: OpenRecommendation; end: RecommendationEnd; at: number }[];
};

/** Reads a sample back without a database, through the same door and folds, and with all its decisions. */
export function readSample(
  { events, decisions }: Sample,
  endsAt: number,
): { tasks: PlacedTask[]; lanes: Map<string, ReadLane> } {
  const parsed = events.map((event): GaitEvent => {
    const result = parseEvent(event, endsAt);
    if (!result.ok) throw new Error(`${event.id}: ${JSON.stringify(result.problems)}`);
    return result.event as GaitEvent;
  });
  const tasks = placeTasks(parsed);
  const made = groupBy(decisions, ({ lane }) => laneKey(lane));
  const lanes = [...entriesByLane(tasks)].map(([key, entries]) => {
    const decided = (made.get(key) ?? []).map(({ at, action, to, login, name, reason }, index) => {
      const person = { id: login, name };
      return { kind: 'decision' as const, at, id: `${key}/${index}`, action, to, person, reason };
    });
    const rules = rulesOf(key.slice(key.indexOf('/') + 1));
    const state = createLane();
    const lane: Pick<ReadLane, 'moves' | 'ended'> = { moves: [], ended: [] };
    foldLane(state, inLaneOrder([...entries, ...decided]), endsAt, rules, {
      move: (move) => lane.moves.push(move),
      open() {},
      close: (recommendation, end, at) => lane.ended.push({ recommendation, end, at }),
      week() {},
      snapshot() {},
    });
    const summary = summarize(state.engine, rules.engine, null);
    return [key, { ...lane, state, summary, explanation: explainLane(state, summary, rules) }] as const;
  });
  return { tasks, lanes: new Map(lanes) };
}
