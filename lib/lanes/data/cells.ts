import { Prisma } from '@/generated/prisma/client';
import type { Gear } from '@/lib/domain/gear';
import { type BlockerFacts, blockerNow, declinedLeft } from '@/lib/domain/lane/explain';
import type { LaneState } from '@/lib/domain/lane/lane-state';
import { SPARK_WEEKS, weekOf } from '@/lib/domain/lane/lane-week';
import { IDLE_GRACE_DAYS } from '@/lib/domain/trust/constants';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { LaneCell, MoveKind, VerdictKind } from '../types';
import { type Kept, type OnDay, onDay } from './faded';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** What the blocker is said from; less what a cell shows itself. */
type Facts = Pick<BlockerFacts, 'cleanRunLeft' | 'reference' | 'openIncidents' | 'tasksLeftInGear'> & {
  isProven: boolean | null;
};

type CellRow = Omit<LaneCell, 'spark' | 'stale' | 'lastMove' | 'counts' | keyof OnDay> &
  Facts & {
    /** Of a lane that is proven but waits for nobody: somebody declined. */
    refused: { declined: LaneState['declined']; matured: number } | null;
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
      SELECT l.team, l.category, l.gear, coalesce(c.ceiling, 'crawl') AS ceiling, l.verdict, l.proven, l.tight,
        t."cleanRunLeft", t.reference, t."openIncidents", t."tasksLeftInGear", t.next->'isProven' AS "isProven",
        CASE WHEN r.id IS NULL AND (t.next->>'isProven')::boolean THEN json_build_object(
          'declined', l.state->'declined', 'matured', l.state->'engine'->'matured') END AS refused,
        t."cleanToNext" AS "cleanNeeded", r.id AS "recommendationId",
        CASE WHEN (t.fading->>'lastMaturedAt')::float8 < ${today - IDLE_GRACE_DAYS} THEN json_build_object(
          'next', t.next, 'fading', t.fading, 'openIncidents', t."openIncidents", 'tasksLeftInGear', t."tasksLeftInGear") END AS kept,
        l.stale_after, l.last_move_at, l.last_move_kind, l.recent_weeks, l.decided_count AS decided,
        l.reviewed_count AS reviewed, l.merged_count AS merged, l.hasty_count AS hasty, l.matured_count AS matured, l.pending_count AS pending
      FROM lane l
      CROSS JOIN LATERAL jsonb_to_record(l.trust) AS t("cleanRunLeft" jsonb, reference jsonb, "openIncidents" int,
        "tasksLeftInGear" int, "cleanToNext" int, next jsonb, fading jsonb)
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
    cleanRunLeft,
    reference,
    openIncidents,
    tasksLeftInGear,
    isProven,
    refused,
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
  const gear = cell.gear as Gear;
  const blocker = blockerNow({
    cleanRunLeft,
    reference,
    openIncidents,
    tasksLeftInGear,
    isProven: isProven ?? false,
    gear,
    ceiling: cell.ceiling,
    tight: cell.tight,
    pending,
    cleanToNext: cell.cleanNeeded,
    hasRecommendation: cell.recommendationId !== null,
    declinedLeft: refused && declinedLeft(gear, refused.declined, refused.matured),
  });
  return {
    ...cell,
    gear,
    verdict: cell.verdict as VerdictKind,
    stale: stale_after !== null && new Date(stale_after) < now,
    lastMove:
      last_move_at && last_move_kind
        ? { kind: last_move_kind, at: new Date(last_move_at).toISOString() }
        : null,
    ...onDay(now.getTime() / DAY_MS, { ...cell, blocker, pending }, kept),
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
