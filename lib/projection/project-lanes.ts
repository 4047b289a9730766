import { currentWeek, foldLane } from '@/lib/domain/lane/fold-lane';
import type { LaneWeek } from '@/lib/domain/lane/lane-week';
import type { Clock } from '@/lib/platform/clock';
import { vouchForOrg } from '@/lib/platform/ctx';
import { enterOrg, holdOrg, inWorkList, type Tx } from '@/lib/platform/db';
import { isDatabaseAway } from '@/lib/platform/db-errors';
import { logger } from '@/lib/platform/logger';
import { collectRows, type LaneRow, type LaneRows, laneRow, nextDueAt } from './lane-rows';
import { entriesAfter, findBase, forgetAfter, type LaneKey } from './lane-store';
import { policyOf, rulesFor } from './rules';
import { upsert } from './upsert';

const PUT_OFF_MS = 60_000;

/**
 * Takes one lane that is due and advances it to now: appends what is new, or replays from the last snapshot
 * before the first change. Any number of processes may call this; each lane is held by one at a time. A lane
 * that cannot be advanced is put off, so that it holds up no other.
 * @returns whether there was a lane to advance
 */
export async function advanceDueLane(clock: Clock): Promise<boolean> {
  const now = clock.now();
  const claim: { key?: LaneKey } = {};
  try {
    return await inWorkList(async (tx) => {
      const [due] = await tx.$queryRaw<
        { org_id: string; team: string; category: string; dirty_from: Date | null }[]
      >`
        SELECT org_id, team, category, dirty_from FROM lane_due WHERE due_at <= ${now}
        ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`;
      if (!due) return false;
      claim.key = { orgId: vouchForOrg(due.org_id), team: due.team, category: due.category };
      await enterOrg(tx, claim.key.orgId, 'derivable');
      if (await holdOrg(tx)) await advanceLane(tx, claim.key, due.dirty_from, now);
      else await scheduleNext(tx, claim.key, null);
      return true;
    });
  } catch (error) {
    if (isDatabaseAway(error) || !claim.key) throw error;
    logger().error(
      { err: error, lane: claim.key },
      'this lane could not be advanced; it is tried again in a minute',
    );
    await putOff(claim.key, new Date(now.getTime() + PUT_OFF_MS));
    return true;
  }
}

async function putOff({ orgId, team, category }: LaneKey, dueAt: Date): Promise<void> {
  await inWorkList((tx) => tx.laneDue.updateMany({ where: { orgId, team, category }, data: { dueAt } }));
}

async function advanceLane(tx: Tx, key: LaneKey, dirtyFrom: Date | null, now: Date): Promise<void> {
  const category = await tx.category.findUnique({
    where: { orgId_key: { orgId: key.orgId, key: key.category } },
    select: { risk: true, ceiling: true },
  });
  const policy = await policyOf(tx, key.orgId);
  const rules = rulesFor(policy, category ?? { risk: 'high', ceiling: 'crawl' });
  const { state, isReplay } = await findBase(tx, key, dirtyFrom);
  const rows = collectRows(key);
  if (isReplay) {
    await forgetAfter(tx, key, state);
    // It may have been closed after the base; the replay says anew what became of it.
    if (state.recommendation) rows.log.open(state.recommendation);
  }
  for await (const page of entriesAfter(tx, key, state.at)) {
    foldLane(state, page, page.at(-1)?.at ?? Number.NEGATIVE_INFINITY, rules, rows.log);
  }
  foldLane(state, [], now.getTime(), rules, rows.log);
  if (state.entries > 0) {
    await writeLane(tx, key, laneRow(key, state, rules, policy.version), rows, currentWeek(state));
  } else {
    // All its tasks went to other lanes: a rebuild would never have made it.
    const { orgId, team, category: kind } = key;
    await tx.lane.deleteMany({ where: { orgId, team, category: kind } });
  }
  await scheduleNext(tx, key, nextDueAt(state, rules));
}

async function writeLane(
  tx: Tx,
  key: LaneKey,
  row: LaneRow,
  rows: LaneRows,
  current: LaneWeek | null,
): Promise<void> {
  const lane = { org_id: key.orgId, team: key.team, category: key.category };
  const decided = { ...lane, policy_version: row.policy_version };
  const weeks = current ? [...rows.weeks, current] : rows.weeks;
  await upsert(tx, 'lane', ['org_id', 'team', 'category'], [row]);
  await upsert(
    tx,
    'lane_week',
    ['org_id', 'team', 'category', 'week'],
    weeks.map((week) => ({ ...lane, ...weekRow(week) })),
  );
  await upsert(
    tx,
    'gear_move',
    ['org_id', 'team', 'category', 'at', 'ordinal'],
    rows.moves.map((move) => ({ ...decided, ...move })),
  );
  await upsert(
    tx,
    'recommendation',
    ['org_id', 'id'],
    [...rows.recommendations.values()].map((entry) => ({ ...decided, ...entry })),
  );
  await upsert(
    tx,
    'lane_snapshot',
    ['org_id', 'team', 'category', 'at'],
    rows.snapshots.map((snapshot) => ({ ...lane, ...snapshot })),
  );
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

async function scheduleNext(tx: Tx, { orgId, team, category }: LaneKey, dueAt: Date | null): Promise<void> {
  const where = { orgId_team_category: { orgId, team, category } };
  if (dueAt) await tx.laneDue.update({ where, data: { dueAt, dirtyFrom: null } });
  else await tx.laneDue.delete({ where });
}
