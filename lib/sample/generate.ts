import { byRecordOrder, type GaitEvent } from '@/lib/domain/event';
import { backgroundLanes } from './background';
import { createCalendar } from './calendar';
import { decideLane, type SampleDecision } from './decide';
import { entriesByLane, placeTasks } from './evidence';
import { incidentsOf } from './incidents';
import { type LaneScript, laneKey } from './lane-script';
import { planLane, planOpenTasks } from './plan-lane';
import { createRandom } from './random';
import { STORIES } from './stories';
import { SAMPLE_TEAMS, type SampleTeam } from './teams';
import { numberIncidents, retitle, tellIncident } from './tell-incidents';
import { numberTasks, tellTask } from './tell-task';

/** One event as it comes through the door. */
export type SampleEvent = {
  specversion: '1.0';
  source: string;
  id: string;
  type: string;
  time: string;
  data: unknown;
};

export type Sample = {
  /** In order of time; for `parseEvent`. */
  events: SampleEvent[];
  /** In order of time. They hold in the projection only if they are recorded with all events before them. */
  decisions: SampleDecision[];
};

/** `endsAt` (ms) is the now of the demo: the last event lies a minute before it. */
export type SampleOptions = { seed: string; endsAt: number };

/**
 * Makes up eighteen months of work of eight teams with agents. The same seed and end yield the same sample; another
 * end only moves it in time, so that what happens in the stories never depends on the day of the demo.
 */
export function generateSample({ seed, endsAt }: SampleOptions): Sample {
  const calendar = createCalendar(endsAt);
  const scripts = [...STORIES, ...backgroundLanes((lane) => createRandom(`${seed}/${lane}/script`))];
  const lanes = scripts.map((script) => ({ script, team: teamOf(script), category: script.category }));
  const plans = [
    ...lanes.flatMap(({ script, team }) => planLane(script, team, calendar, seed)),
    ...planOpenTasks(lanes, calendar, seed),
  ];
  const numbered = numberTasks(plans, seed);
  const incidents = numberIncidents(
    scripts.map((script) => ({ script, incidents: incidentsOf(script) })),
    numbered,
    endsAt,
  );
  const told = [
    ...retitle(numbered, incidents).flatMap(tellTask),
    ...incidents.flatMap((incident) => tellIncident(incident, endsAt)),
  ];
  const events = told.sort(byRecordOrder);
  const entries = entriesByLane(placeTasks(events));
  const decisions = lanes.flatMap(({ script, team }) =>
    decideLane(script, team, entries.get(laneKey(script)) ?? [], calendar, seed),
  );
  return { events: events.map(toCloudEvent), decisions: decisions.sort((a, b) => a.at - b.at) };
}

function teamOf(script: LaneScript): SampleTeam {
  const team = SAMPLE_TEAMS.find(({ slug }) => slug === script.team);
  if (!team) throw new Error(`There is no team ${script.team}.`);
  return team;
}

function toCloudEvent({ source, id, type, at, data }: GaitEvent): SampleEvent {
  return { specversion: '1.0', source, id, type, time: new Date(at).toISOString(), data };
}
