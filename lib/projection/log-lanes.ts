import { v5 } from 'uuid';
import type { GearMove, LoggedMove as LoggedRow } from '@/generated/prisma/client';
import type { Gear } from '@/lib/domain/gear';
import type { LoggedMove, ToldMove } from '@/lib/domain/lane/lane-news';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** Names moves after their lane, time and kind, so that the same move is logged once. */
const MOVES = '2b1a4f0c-53d7-4f5e-9d0b-6f4c1a7e8d22';

export type Place = { team: string; category: string };
export type Move = ToldMove & { row: GearMove };
export type Logged = LoggedMove & { row: LoggedRow };
export type Lane = Place & { gear: Gear; moves: Move[]; log: Logged[] };

/** Lanes with all their moves, as derived and as logged. One that lost all its evidence is gone, and so in crawl. */
export async function readLanes(tx: Tx, orgId: OrgId, places: Place[]): Promise<Lane[]> {
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

export const nameOf = ({ team, category }: Place): string => `${team}/${category}`;

function told({ at, ordinal, kind, fromGear, toGear }: GearMove | LoggedRow): Omit<ToldMove, 'id'> {
  return { at: at.getTime(), ordinal, kind, from: fromGear as Gear, to: toGear as Gear };
}

function idOf({ orgId, team, category, at, kind, fromGear, toGear, taskRef }: GearMove): string {
  return v5(
    [orgId, team, category, at.getTime(), kind, fromGear, toGear, taskRef ?? ''].join('\u0001'),
    MOVES,
  );
}
