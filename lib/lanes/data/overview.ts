import { teamBlocker } from '@/lib/domain/lane/team-blocker';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { policyOf } from '@/lib/projection/rules';
import type { LaneCell, Overview, TeamRow } from '../types';
import { listCells } from './cells';
import { listMoves } from './moves';
import { type Names, namesOf } from './names';
import { listRecommendations, withoutRow } from './waiting';

const DAY_MS = 86_400_000;
const COVERAGE_DAYS = 90;
const MOST_MOVES = 500;
const WAITING_SHOWN = 20;

/** The map and what waits. Costs what is on the screen: a row a lane, and a row a lane and week for the coverage. */
export async function getOverview(
  orgId: OrgId,
  organisation: Overview['organisation'],
  now: Date,
): Promise<Overview> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const cells = await listCells(tx, orgId, now);
    const policy = await policyOf(tx, orgId);
    const waiting = await listRecommendations(
      tx,
      orgId,
      names,
      policy,
      { status: 'open' },
      { take: WAITING_SHOWN, now },
    );
    const moves = await listMoves(
      tx,
      orgId,
      names,
      { at: { gt: new Date(now.getTime() - 7 * DAY_MS) } },
      MOST_MOVES,
    );
    const shadows = await tx.agent.findMany({
      where: { orgId, registeredAt: null },
      orderBy: { key: 'asc' },
      select: { name: true },
    });
    const latest = await tx.task.findFirst({
      where: { orgId },
      orderBy: { lastEventAt: 'desc' },
      select: { lastEventAt: true },
    });
    return {
      organisation,
      categories: names.categories,
      teams: teamRows(names, cells),
      waiting: waiting.map(withoutRow),
      moves,
      coverage: await coverageOf(tx, orgId, now),
      lastEventAt: latest?.lastEventAt.toISOString() ?? null,
      shadowAgents: shadows.map(({ name }) => name),
    };
  });
}

export function teamRows(names: Names, cells: readonly LaneCell[]): TeamRow[] {
  const byTeam = Map.groupBy(cells, (cell) => cell.team);
  return names.teams.map(({ slug, name }) => {
    const lanes = byTeam.get(slug) ?? [];
    const blocked = lanes.map((cell) => ({
      ...cell,
      cleanNeeded: cell.cleanNeededNow,
      categoryName: names.category(cell.category),
      decided: cell.counts.decided,
      reviewed: cell.counts.reviewed,
    }));
    return {
      slug,
      name,
      lanes: Object.fromEntries(lanes.map((cell) => [cell.category, cell])),
      blocker: teamBlocker(blocked),
    };
  });
}

async function coverageOf(tx: Tx, orgId: OrgId, now: Date): Promise<Overview['coverage']> {
  const { _sum } = await tx.laneWeek.aggregate({
    where: { orgId, week: { gte: new Date(now.getTime() - COVERAGE_DAYS * DAY_MS) } },
    _sum: { decidedCount: true, reviewedCount: true },
  });
  return { decided: _sum.decidedCount ?? 0, reviewed: _sum.reviewedCount ?? 0 };
}
