import type { Gear } from '../gear';
import { teamBlocker } from '../lane/team-blocker';
import { actionsOf } from './actions';
import { answerOf } from './answer';
import type {
  Adoption,
  DataQuality,
  Decided,
  GearCounts,
  Named,
  ReportAgent,
  ReportAgents,
  ReportClosed,
  ReportContent,
  ReportIncident,
  ReportLane,
  ReportMove,
  ReportTeam,
  ReportWaiting,
} from './content';
import { reviewLoadOf } from './review-load';

/** A task that was decided in the week. `openedAt` in ms since 1970. */
export type DecidedTask = {
  readonly team: string;
  readonly agent: ReportAgent | null;
  readonly merged: boolean;
  readonly reviewed: boolean;
  readonly hasty: boolean;
  readonly openedAt: number | null;
  readonly reviews: readonly { readonly reviewer: string; readonly at: number }[];
};

/** An incident, and the teams that it concerns: its own, and those of the tasks it is linked to. */
export type IncidentRow = ReportIncident & { readonly teams: readonly string[] };

/** An agent, and the teams whose tasks of this week it worked on. */
export type AgentRow = ReportAgent & {
  readonly firstSeenInWeek: boolean;
  readonly registeredInWeek: boolean;
  readonly isRegistered: boolean;
  readonly status: string;
  readonly teams: readonly string[];
};

/** Everything about a week of an organisation that its reports are made of, already read. */
export type WeekRows = Pick<
  ReportContent,
  'organisation' | 'isSample' | 'week' | 'zone' | 'from' | 'to' | 'policyVersion'
> & {
  readonly teams: readonly Named[];
  readonly lanes: readonly ReportLane[];
  readonly tasks: readonly DecidedTask[];
  readonly moves: readonly ReportMove[];
  readonly waiting: readonly ReportWaiting[];
  readonly closed: readonly ReportClosed[];
  readonly incidents: readonly IncidentRow[];
  readonly agents: readonly AgentRow[];
  readonly quietSources: DataQuality['quietSources'];
  /** The teams ('' the organisation) of what could not be delivered in the week, one for each. */
  readonly failedDeliveries: readonly string[];
};

const NOT_SET_UP = ['Governance controls', 'Context readiness', 'What agents cost'];

/** The report of a team, or (null) of the organisation as a whole. */
export function composeReport(rows: WeekRows, team: Named | null): ReportContent {
  const isOurs = (slug: string) => team === null || slug === team.slug;
  const ofPlace = <Row extends { team: Named }>(all: readonly Row[]) =>
    all.filter((row) => isOurs(row.team.slug));
  const lanes = ofPlace(rows.lanes);
  const tasks = rows.tasks.filter((task) => isOurs(task.team));
  const concerns = ({ teams }: { readonly teams: readonly string[] }) =>
    team === null || teams.includes(team.slug);
  const { organisation, isSample, week, zone, from, to, policyVersion } = rows;
  const facts = {
    version: 1 as const,
    organisation,
    ...(isSample && { isSample }),
    team,
    week,
    zone,
    from,
    to,
    policyVersion,
    gears: gearsOf(lanes, ({ gear }) => gear),
    gearsBefore: gearsOf(lanes, ({ before }) => before.gear),
    lanes,
    teams: team === null ? rows.teams.map((each) => teamRow(each, rows)) : [],
    moves: ofPlace(rows.moves),
    waiting: ofPlace(rows.waiting),
    closed: ofPlace(rows.closed),
    incidents: rows.incidents.filter(concerns).map(({ teams: _, ...incident }) => incident),
    agents: agentsOf(rows.agents.filter((agent) => team === null || concerns(agent))),
    adoption: adoptionOf(tasks),
    quality: {
      ...qualityOf(tasks, team === null ? rows.quietSources : []),
      failedDeliveries: rows.failedDeliveries.filter(isOurs).length,
    },
    notSetUp: NOT_SET_UP,
  };
  return { ...facts, answer: answerOf(facts), actions: actionsOf(facts) };
}

function gearsOf(lanes: readonly ReportLane[], gearOf: (lane: ReportLane) => Gear): GearCounts {
  const counts: GearCounts = { crawl: 0, walk: 0, run: 0 };
  for (const lane of lanes) counts[gearOf(lane)] += 1;
  return counts;
}

function teamRow(team: Named, { lanes, waiting, moves, tasks }: WeekRows): ReportTeam {
  const isOurs = (row: { team: Named }) => row.team.slug === team.slug;
  const own = lanes.filter(isOurs);
  const week = decidedOf(tasks.filter((task) => task.team === team.slug));
  const [first] = waiting.filter(isOurs);
  const blocker = first
    ? `${first.category.name} waits for a decision.`
    : teamBlocker(
        own.map((lane) => ({ ...lane, ...lane.week, stale: false, categoryName: lane.category.name })),
      );
  return {
    team,
    gears: gearsOf(own, ({ gear }) => gear),
    week,
    waiting: waiting.filter(isOurs).length,
    moves: moves.filter(isOurs).length,
    blocker,
  };
}

/** Tasks of agents alone: one without an agent is no evidence about agents. */
export function decidedOf(tasks: readonly Pick<DecidedTask, 'agent' | 'reviewed' | 'merged'>[]): Decided {
  const ofAgents = tasks.filter(({ agent }) => agent !== null);
  return {
    decided: ofAgents.length,
    reviewed: ofAgents.filter(({ reviewed }) => reviewed).length,
    merged: ofAgents.filter(({ merged }) => merged).length,
  };
}

function agentsOf(agents: readonly AgentRow[]): ReportAgents {
  const named = (some: readonly AgentRow[]) => some.map(({ key, name }) => ({ key, name }));
  return {
    firstSeen: named(agents.filter(({ firstSeenInWeek }) => firstSeenInWeek)),
    registered: named(agents.filter(({ registeredInWeek }) => registeredInWeek)),
    shadow: named(agents.filter(({ isRegistered }) => !isRegistered)),
    paused: named(agents.filter(({ status }) => status === 'paused')),
  };
}

function adoptionOf(tasks: readonly DecidedTask[]): Adoption {
  const byAgent = Map.groupBy(
    tasks.flatMap(({ agent }) => agent ?? []),
    ({ key }) => key,
  );
  return {
    ...decidedOf(tasks),
    byAgent: [...byAgent.values()]
      .flatMap((some) => (some[0] ? [{ ...some[0], decided: some.length }] : []))
      .sort((a, b) => b.decided - a.decided || (a.key < b.key ? -1 : 1)),
    withoutAgent: withoutAgent(tasks),
    review: reviewLoadOf(tasks.filter(({ agent }) => agent !== null)),
  };
}

function qualityOf(tasks: readonly DecidedTask[], quietSources: DataQuality['quietSources']): DataQuality {
  const hasty = tasks.filter((task) => task.agent !== null && task.hasty).length;
  return { ...decidedOf(tasks), hasty, withoutAgent: withoutAgent(tasks), quietSources };
}

function withoutAgent(tasks: readonly DecidedTask[]): number {
  return tasks.filter(({ agent }) => agent === null).length;
}
