import type { Policy } from '@/lib/domain/policy';
import { decidedOf, type WeekRows } from '@/lib/domain/report/compose';
import { composeLanes, FORECAST_WEEKS, type LaneRow } from '@/lib/domain/report/compose-lanes';
import type { ReportWaiting } from '@/lib/domain/report/content';
import { boundsOf, type IsoWeek } from '@/lib/domain/report/iso-week';
import { type Names, namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { recommendationId } from '@/lib/projection/lane-rows';
import { lanesAt } from '@/lib/projection/lanes-at';
import { policyOf, rulesFor } from '@/lib/projection/rules';
import { placeOf, type Span } from './span';
import { agentsOf, quietSources } from './week-agents';
import { closedOf } from './week-closed';
import { incidentsOf } from './week-incidents';
import { movesOf } from './week-moves';
import { reviewedByLane, tasksOf } from './week-tasks';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/**
 * Everything about a week of an organisation, by the clocks of a time zone, as it is known now. One reading serves the reports of all
 * teams. Costs what happened in the week and a snapshot's replay a lane, whatever the history.
 */
export async function readWeek(tx: Tx, orgId: OrgId, week: IsoWeek, zone: string): Promise<WeekRows> {
  const { from, to } = boundsOf(week, zone);
  const span = { from: new Date(from), to: new Date(to) };
  const names = await namesOf(tx, orgId);
  const policy = await policyOf(tx, orgId);
  const { isSample, ...organisation } = await tx.organisation.findUniqueOrThrow({
    where: { orgId },
    select: { slug: true, name: true, isSample: true },
  });
  const agents = new Map(
    (await tx.agent.findMany({ where: { orgId }, orderBy: { key: 'asc' } })).map((agent) => [
      agent.key,
      agent,
    ]),
  );
  const tasks = await tasksOf(tx, orgId, span, (key) => ({ key, name: agents.get(key)?.name ?? key }));
  const lanes = await readLanes(tx, orgId, names, policy, { from, to });
  const byLane = Map.groupBy(tasks, ({ team, category }) => nameOf(team, category));
  const reviewed = await reviewedByLane(tx, orgId, new Date(to - FORECAST_WEEKS * WEEK_MS), span.to);
  const rows = lanes.map((lane): LaneRow => {
    const name = nameOf(lane.team.slug, lane.category.slug);
    return { ...lane, week: decidedOf(byLane.get(name) ?? []), reviewedInFourWeeks: reviewed.get(name) ?? 0 };
  });
  return {
    organisation,
    isSample,
    week,
    zone,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    policyVersion: policy.version,
    teams: names.teams,
    lanes: composeLanes(rows, { from, to }),
    tasks,
    moves: await movesOf(tx, orgId, names, span),
    waiting: rows.flatMap((row) => waitingOf(orgId, row, policy, to)),
    closed: await closedOf(tx, orgId, names, span),
    incidents: await incidentsOf(tx, orgId, names, span),
    agents: agentsOf([...agents.values()], tasks, span),
    quietSources: await quietSources(tx, orgId, span.to),
    failedDeliveries: await failedDeliveries(tx, orgId, span),
  };
}

/** Whose news were given up in a span. */
async function failedDeliveries(tx: Tx, orgId: OrgId, { from, to }: Span): Promise<string[]> {
  const rows = await tx.delivery.findMany({
    where: { orgId, status: 'dead', closedAt: { gte: from, lt: to } },
    select: { team: true },
  });
  return rows.map(({ team }) => team);
}

const nameOf = (team: string, category: string): string => `${team}/${category}`;

type Lane = Omit<LaneRow, 'week' | 'reviewedInFourWeeks'>;

/** The lanes that there were at the end of the week, as they stood at its beginning and at its end. */
async function readLanes(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  policy: Policy,
  { from, to }: { from: number; to: number },
): Promise<Lane[]> {
  const places = await tx.lane.findMany({ where: { orgId }, select: { team: true, category: true } });
  const order = new Map(names.categories.map(({ key }, index) => [key, index]));
  const sorted = places.toSorted(
    (a, b) =>
      names.team(a.team).localeCompare(names.team(b.team), 'en') ||
      (order.get(a.category) ?? 0) - (order.get(b.category) ?? 0),
  );
  const rules = new Map(names.categories.map((category) => [category.key, rulesFor(policy, category)]));
  const unknown = rulesFor(policy, { risk: 'high', ceiling: 'crawl' });
  const rulesOf = (category: string) => rules.get(category) ?? unknown;
  const states = await lanesAt(tx, orgId, sorted, rulesOf, [from, to]);
  return sorted.flatMap(({ team, category }, index): Lane[] => {
    const [before, after] = states[index] ?? [];
    if (!before || !after || after.entries === 0) return [];
    return [{ ...placeOf(names, team, category), rules: rulesOf(category), before, after }];
  });
}

function waitingOf(
  orgId: OrgId,
  { team, category, after }: Lane,
  { approvalsNeeded }: Policy,
  to: number,
): ReportWaiting[] {
  const { recommendation } = after;
  if (!recommendation) return [];
  const { openedAt, approvals } = recommendation;
  return [
    {
      team,
      category,
      id: recommendationId({ orgId, team: team.slug, category: category.slug }, recommendation),
      from: recommendation.from,
      to: recommendation.to,
      openedAt: new Date(openedAt).toISOString(),
      days: Math.floor((to - openedAt) / DAY_MS),
      approvals: approvals.map(({ person }) => person),
      approvalsNeeded: recommendation.to === 'crawl' ? 0 : approvalsNeeded[recommendation.to],
    },
  ];
}
