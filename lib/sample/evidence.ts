import { DEFAULT_CATEGORIES } from '@/lib/domain/category';
import type { GaitEvent } from '@/lib/domain/event';
import { placeIncident } from '@/lib/domain/incident';
import { inLaneOrder, type LaneEntry } from '@/lib/domain/lane/lane-entry';
import type { LaneRules } from '@/lib/domain/lane/lane-rules';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { incidentRefOf, taskRefOf } from '@/lib/domain/record';
import { slugOf } from '@/lib/domain/slug';
import { type PlacedTask, type Places, placeTask } from '@/lib/projection/fold-tasks';
import { rulesFor } from '@/lib/projection/rules';
import { groupBy } from './group';
import { laneKey } from './lane-script';
import { SAMPLE_TEAMS } from './teams';

/** What an organisation knows when it is made, with the repositories of the sample. */
const PLACES: Places = {
  categories: DEFAULT_CATEGORIES,
  protectedPaths: DEFAULT_POLICY.protectedPaths,
  teamOfRepository: new Map(
    SAMPLE_TEAMS.flatMap(({ slug, repositories }) => repositories.map(({ name }) => [name, slug] as const)),
  ),
  slugOfTeam: slugOf,
};

function grouped(
  events: readonly GaitEvent[],
  refOf: (event: GaitEvent) => string | null,
): Map<string, GaitEvent[]> {
  const groups = groupBy(events, (event) => refOf(event) ?? '');
  groups.delete('');
  return groups;
}

/** All tasks in their lanes, as the projector will place them. */
export function placeTasks(events: readonly GaitEvent[]): PlacedTask[] {
  const incidents = new Map(
    [...grouped(events, incidentRefOf)].flatMap(([ref, own]) => {
      const placed = placeIncident(ref, own, PLACES);
      return placed ? [[ref, { ...placed.incident, team: placed.owner?.slug ?? null }] as const] : [];
    }),
  );
  return [...grouped(events, taskRefOf)].map(([ref, own]) => placeTask(ref, own, incidents, PLACES));
}

/** What each lane's fold will read, but for the decisions; by `team/category`. */
export function entriesByLane(placed: readonly PlacedTask[]): Map<string, LaneEntry[]> {
  const lanes = groupBy(placed, ({ team, category }) => laneKey({ team: team.slug, category }));
  return new Map(
    [...lanes]
      .map(([key, tasks]) => [key, inLaneOrder(tasks.flatMap(entriesOf))] as const)
      .filter(([, entries]) => entries.length > 0),
  );
}

function entriesOf({ task: { ref }, observation, charges }: PlacedTask): LaneEntry[] {
  if (!observation) return [];
  const { at, score, merged, reviewed, hasty } = observation;
  return [
    { kind: 'observation', at, ref, score, merged, reviewed, hasty },
    ...charges.map(({ at: chargedAt, key, severity }, index): LaneEntry => {
      const earlier = charges.slice(0, index);
      return { kind: 'charge', at: chargedAt, ref, key, severity, task: { at, score }, earlier };
    }),
  ];
}

/** The rules that a lane of this category is folded by under the first policy. */
export function rulesOf(category: string): LaneRules {
  const known = DEFAULT_CATEGORIES.find(({ key }) => key === category);
  return rulesFor(DEFAULT_POLICY, known ?? { risk: 'high', ceiling: 'crawl' });
}
