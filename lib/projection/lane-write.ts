import { currentWeek } from '@/lib/domain/lane/fold-lane';
import type { LaneRules } from '@/lib/domain/lane/lane-rules';
import type { LaneWeek } from '@/lib/domain/lane/lane-week';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { type LaneRow, type LaneRows, laneRow, nextDueAt } from './lane-rows';
import type { Base } from './lane-store';
import { upsert } from './upsert';

/** A lane after its fold: the state in `base` is now that of its last entry. */
export type FoldedLane = { base: Base; rules: LaneRules; rows: LaneRows; policyVersion: number };

/** Writes lanes of one organisation, and when each must be advanced next, in as many statements as for one. */
export async function writeLanes(
  tx: Tx,
  orgId: OrgId,
  lanes: readonly FoldedLane[],
  now: Date,
): Promise<void> {
  // A lane may be without entries when all its tasks went to others: a rebuild would never have made it.
  const [kept, gone] = [lanes.filter(hasEntries), lanes.filter((lane) => !hasEntries(lane))];
  if (gone.length > 0)
    await tx.lane.deleteMany({ where: { orgId, OR: gone.map(({ base }) => placeOf(base)) } });
  await upsert(tx, 'lane', ['org_id', 'team', 'category'], kept.map(rowOf));
  await upsert(tx, 'lane_week', ['org_id', 'team', 'category', 'week'], kept.flatMap(weeksOf));
  await upsert(
    tx,
    'gear_move',
    ['org_id', 'team', 'category', 'at', 'ordinal'],
    kept.flatMap((lane) => lane.rows.moves.map((move) => ({ ...decidedIn(lane), ...move }))),
  );
  await upsert(
    tx,
    'recommendation',
    ['org_id', 'id'],
    kept.flatMap((lane) =>
      [...lane.rows.recommendations.values()].map((one) => ({ ...decidedIn(lane), ...one })),
    ),
  );
  const known = kept.flatMap(({ rows }) =>
    [...rows.recommendations.keys()].map((id) => ({ org_id: orgId, id, since: now })),
  );
  await upsert(tx, 'known_recommendation', ['org_id', 'id'], known, 'keep');
  await upsert(
    tx,
    'lane_snapshot',
    ['org_id', 'team', 'category', 'at'],
    kept.flatMap(({ base, rows }) => rows.snapshots.map((snapshot) => ({ ...columnsOf(base), ...snapshot }))),
  );
  await scheduleNext(tx, orgId, lanes);
}

/** Leaves word that the log of gears is to be compared with the moves of these lanes. */
export function leaveNews(tx: Tx, lanes: readonly FoldedLane[], since: Date): Promise<void> {
  const rows = lanes.map(({ base }) => ({ ...columnsOf(base), since }));
  return upsert(tx, 'lane_news', ['org_id', 'team', 'category'], rows);
}

const hasEntries = ({ base }: FoldedLane): boolean => base.state.entries > 0;

const rowOf = ({ base, rules, policyVersion }: FoldedLane): LaneRow =>
  laneRow(base.key, base.state, rules, policyVersion);

const placeOf = ({ key: { team, category } }: Base) => ({ team, category });

const columnsOf = ({ key: { orgId, team, category } }: Base) => ({ org_id: orgId, team, category });

const decidedIn = ({ base, policyVersion }: FoldedLane) => ({
  ...columnsOf(base),
  policy_version: policyVersion,
});

function weeksOf({ base, rows }: FoldedLane): object[] {
  const current = currentWeek(base.state);
  return [...rows.weeks, ...(current ? [current] : [])].map((week) => ({
    ...columnsOf(base),
    ...weekRow(week),
  }));
}

function weekRow({ week, decided, reviewed, merged, hasty, scores, weight, proven, gear }: LaneWeek) {
  return {
    week: new Date(week).toISOString().slice(0, 10),
    decided_count: decided,
    reviewed_count: reviewed,
    merged_count: merged,
    hasty_count: hasty,
    decayed_score: scores,
    decayed_count: weight,
    proven,
    gear,
  };
}

async function scheduleNext(tx: Tx, orgId: OrgId, lanes: readonly FoldedLane[]): Promise<void> {
  const next = lanes.map(({ base, rules }) => ({ ...placeOf(base), dueAt: nextDueAt(base.state, rules) }));
  const done = next.filter(({ dueAt }) => dueAt === null).map(({ team, category }) => ({ team, category }));
  if (done.length > 0) await tx.laneDue.deleteMany({ where: { orgId, OR: done } });
  await tx.$executeRaw`
    UPDATE lane_due SET due_at = next.due_at, dirty_from = NULL
    FROM unnest(${next.map(({ team }) => team)}::text[], ${next.map(({ category }) => category)}::text[],
      ${next.map(({ dueAt }) => dueAt?.toISOString() ?? null)}::timestamptz[]) AS next (team, category, due_at)
    WHERE lane_due.org_id = ${orgId}::uuid AND lane_due.team = next.team AND lane_due.category = next.category
      AND next.due_at IS NOT NULL`;
}
