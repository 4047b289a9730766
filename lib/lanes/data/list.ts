import { GEARS } from '@/lib/domain/gear';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import type { LaneFilters, LaneList, LaneListRow, TeamPage } from '../types';
import { listCells } from './cells';
import { listMoves } from './moves';
import { namesOf } from './names';
import { teamRows } from './overview';

/** All lanes, filtered and sorted. `total` counts them before the filters. */
export async function listLanes(orgId: OrgId, filters: LaneFilters, now: Date): Promise<LaneList> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const cells = await listCells(tx, orgId, now);
    const rows = cells.map((cell) => ({
      ...cell,
      teamName: names.team(cell.team),
      categoryName: names.category(cell.category),
    }));
    return {
      items: sorted(
        rows.filter((row) => isWanted(row, filters)),
        filters,
      ),
      total: rows.length,
    };
  });
}

function isWanted(row: LaneListRow, { team, category, gear, verdict }: LaneFilters): boolean {
  return (
    (!team || row.team === team) &&
    (!category || row.category === category) &&
    (!gear || row.gear === gear) &&
    (!verdict || row.verdict === verdict)
  );
}

function sorted(rows: LaneListRow[], { sort = 'team', descending = false }: LaneFilters): LaneListRow[] {
  const by = {
    team: (a, b) => a.teamName.localeCompare(b.teamName),
    category: (a, b) => a.categoryName.localeCompare(b.categoryName),
    gear: (a, b) => GEARS.indexOf(a.gear) - GEARS.indexOf(b.gear),
    proven: (a, b) => (a.provenNow ?? 0) - (b.provenNow ?? 0),
    decided: (a, b) => a.counts.decided - b.counts.decided,
    reviewed: (a, b) => shareReviewed(a) - shareReviewed(b),
  } satisfies Record<string, (a: LaneListRow, b: LaneListRow) => number>;
  const direction = descending ? -1 : 1;
  return rows.sort((a, b) => direction * by[sort](a, b) || by.team(a, b) || by.category(a, b));
}

function shareReviewed({ counts }: LaneListRow): number {
  return counts.decided === 0 ? 0 : counts.reviewed / counts.decided;
}

/** One team's lanes and moves; null when there is no such team. */
export async function getTeam(orgId: OrgId, slug: string, now: Date): Promise<TeamPage | null> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const team = names.teams.find((one) => one.slug === slug);
    if (!team) return null;
    const [row] = teamRows({ ...names, teams: [team] }, await listCells(tx, orgId, now, { team: slug }));
    if (!row) return null;
    return {
      team,
      categories: names.categories,
      row,
      moves: await listMoves(tx, orgId, names, { team: slug }, 20),
    };
  });
}
