import { Prisma } from '@/generated/prisma/client';
import type { Gear } from '@/lib/domain/gear';
import { SPARK_WEEKS, weekOf } from '@/lib/domain/lane/lane-week';
import { IDLE_GRACE_DAYS } from '@/lib/domain/trust/constants';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { LaneCell, MoveKind, VerdictKind } from '../types';
import { type Kept, type OnDay, onDay } from './faded';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

type CellRow = Omit<LaneCell, 'spark' | 'stale' | 'lastMove' | 'counts' | keyof OnDay> & {
  blocker: string;
  /** Only of lanes that lie idle for longer than the grace. */
  kept: Kept | null;
  stale_after: string | null;
  last_move_at: string | null;
  last_move_kind: MoveKind | null;
  recent_weeks: { week: number; mean: number }[];
  decided: number;
  reviewed: number;
  merged: number;
  hasty: number;
  matured: number;
  pending: number;
};

/**
 * The cells of the map: one row a lane, whatever its history. Comes as one JSON text, which is several times quicker
 * to read than as many typed rows.
 */
export async function listCells(
  tx: Tx,
  orgId: OrgId,
  now: Date,
  only: { team?: string; category?: string } = {},
): Promise<LaneCell[]> {
  const today = now.getTime() / DAY_MS;
  const team = only.team === undefined ? Prisma.empty : Prisma.sql`AND l.team = ${only.team}`;
  const category = only.category === undefined ? Prisma.empty : Prisma.sql`AND l.category = ${only.category}`;
  const [{ rows }] = await tx.$queryRaw<[{ rows: string }]>`
    SELECT coalesce(json_agg(r), '[]')::text AS rows FROM (
      SELECT l.team, l.category, l.gear, coalesce(c.ceiling, 'crawl') AS ceiling, l.verdict, l.proven, l.blocker, l.tight,
        (l.trust->>'cleanToNext')::int AS "cleanNeeded", r.id AS "recommendationId",
        CASE WHEN (l.trust->'fading'->>'lastMaturedAt')::float8 < ${today - IDLE_GRACE_DAYS} THEN json_build_object(
          'next', l.trust->'next', 'fading', l.trust->'fading', 'openIncidents', l.trust->'openIncidents',
          'tasksLeftInGear', l.trust->'tasksLeftInGear') END AS kept,
        l.stale_after, l.last_move_at, l.last_move_kind, l.recent_weeks, l.decided_count AS decided,
        l.reviewed_count AS reviewed, l.merged_count AS merged, l.hasty_count AS hasty, l.matured_count AS matured, l.pending_count AS pending
      FROM lane l
      LEFT JOIN category c ON c.org_id = l.org_id AND c.key = l.category
      LEFT JOIN recommendation r ON r.org_id = l.org_id AND r.team = l.team AND r.category = l.category AND r.status = 'open'
      WHERE l.org_id = ${orgId}::uuid ${team} ${category}
      ORDER BY l.team, c.position
    ) r`;
  return (JSON.parse(rows) as CellRow[]).map((row) => toCell(row, now));
}

function toCell(row: CellRow, now: Date): LaneCell {
  const {
    kept,
    stale_after,
    last_move_at,
    last_move_kind,
    recent_weeks,
    decided,
    reviewed,
    merged,
    hasty,
    matured,
    pending,
    ...cell
  } = row;
  return {
    ...cell,
    gear: cell.gear as Gear,
    verdict: cell.verdict as VerdictKind,
    stale: stale_after !== null && new Date(stale_after) < now,
    lastMove:
      last_move_at && last_move_kind
        ? { kind: last_move_kind, at: new Date(last_move_at).toISOString() }
        : null,
    ...onDay(now.getTime() / DAY_MS, { ...cell, pending }, kept),
    spark: sparkOf(recent_weeks, now),
    counts: { decided, reviewed, merged, hasty, matured, pending },
  };
}

/** The last twelve weeks, oldest first; null where a week saw nothing. */
function sparkOf(weeks: CellRow['recent_weeks'], now: Date): (number | null)[] {
  const means = new Map(weeks.map(({ week, mean }) => [week, mean]));
  const current = weekOf(now.getTime());
  return Array.from(
    { length: SPARK_WEEKS },
    (_, i) => means.get(current - (SPARK_WEEKS - 1 - i) * WEEK_MS) ?? null,
  );
}
