import { foldLane } from '@/lib/domain/lane/fold-lane';
import type { LaneRules } from '@/lib/domain/lane/lane-rules';
import type { Policy } from '@/lib/domain/policy';
import type { Clock } from '@/lib/platform/clock';
import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { enterOrg, holdOrg, inWorkList, type Tx } from '@/lib/platform/db';
import { isDatabaseAway } from '@/lib/platform/db-errors';
import { logger } from '@/lib/platform/logger';
import { type Reader, type Reading, readEntries } from './lane-entries';
import { collectRows } from './lane-rows';
import { type Base, type DueLane, findBases, forgetAfter, type LaneKey } from './lane-store';
import { type FoldedLane, leaveNews, writeLanes } from './lane-write';
import { policyOf, rulesFor } from './rules';

/** Lanes taken at once. */
const LANES = 20;
/** Observations read at once, over all the lanes that are taken: for each some snapshots' worth, so that nearly all fit. */
const PAGE = 20_000;
const PUT_OFF_MS = 60_000;

/**
 * Takes lanes of one organisation that are due and advances them to now: each appends what is new, or replays from the
 * last snapshot before the first change. Any number of processes may call this; each lane is held by one at a time.
 * @returns how many lanes were advanced or put off; 0 = there was nothing to do
 */
export async function advanceDueLanes(clock: Clock): Promise<number> {
  const now = clock.now();
  try {
    return await inWorkList((tx) => advanceSome(tx, now, LANES));
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return advanceOneOrPutOff(now);
  }
}

/** One at a time, so that a lane that cannot be advanced holds up no other; that one is put off. */
async function advanceOneOrPutOff(now: Date): Promise<number> {
  const claim: { key?: LaneKey } = {};
  try {
    return await inWorkList((tx) => advanceSome(tx, now, 1, (key) => Object.assign(claim, { key })));
  } catch (error) {
    if (isDatabaseAway(error) || !claim.key) throw error;
    const { orgId, team, category } = claim.key;
    logger().error(
      { err: error, lane: claim.key },
      'this lane could not be advanced; it is tried again in a minute',
    );
    const dueAt = new Date(now.getTime() + PUT_OFF_MS);
    await inWorkList((tx) => tx.laneDue.updateMany({ where: { orgId, team, category }, data: { dueAt } }));
    return 1;
  }
}

async function advanceSome(
  tx: Tx,
  now: Date,
  limit: number,
  onClaim: (key: LaneKey) => void = () => {},
): Promise<number> {
  const claimed = await claimLanes(tx, now, limit);
  if (!claimed) return 0;
  const { orgId, due } = claimed;
  for (const { key } of due) onClaim(key);
  await enterOrg(tx, orgId, 'derivable');
  if (await holdOrg(tx)) return advanceTogether(tx, orgId, due, now);
  await tx.laneDue.deleteMany({
    where: { orgId, OR: due.map(({ key: { team, category } }) => ({ team, category })) },
  });
  return due.length;
}

async function advanceTogether(tx: Tx, orgId: OrgId, due: readonly DueLane[], now: Date): Promise<number> {
  const policy = await policyOf(tx, orgId);
  const rulesOf = await rulesByCategory(tx, orgId, policy);
  const chosen = await chooseLanes(tx, orgId, await findBases(tx, orgId, due));
  const forgot = await forgetAfter(
    tx,
    orgId,
    chosen.map(({ base }) => base),
  );
  const folded: FoldedLane[] = [];
  for (const { base, reading } of chosen) {
    const rules = rulesOf(base.key.category);
    const rows = await advanceLane(tx, base, reading, rules, now);
    folded.push({ base, rules, rows, policyVersion: policy.version });
  }
  await writeLanes(tx, orgId, folded, now);
  const hasNews = ({ base: { key }, rows }: FoldedLane) =>
    rows.moves.length > 0 || forgot.has(`${key.team}/${key.category}`);
  await leaveNews(tx, folded.filter(hasNews), now);
  return folded.length;
}

async function claimLanes(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ orgId: OrgId; due: DueLane[] } | null> {
  const [first] = await tx.$queryRaw<{ org_id: string }[]>`
    SELECT org_id FROM lane_due WHERE due_at <= ${now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`;
  if (!first) return null;
  const orgId = vouchForOrg(first.org_id);
  const rows = await tx.$queryRaw<{ team: string; category: string; dirty_from: Date | null }[]>`
    SELECT team, category, dirty_from FROM lane_due WHERE org_id = ${orgId}::uuid AND due_at <= ${now}
    ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  const due = rows.map(({ team, category, dirty_from: dirtyFrom }) => ({
    key: { orgId, team, category },
    dirtyFrom,
  }));
  return { orgId, due };
}

/** The lanes whose news fits on one page together; where none does, the first alone. The others stay due. */
async function chooseLanes(
  tx: Tx,
  orgId: OrgId,
  bases: readonly Base[],
): Promise<{ base: Base; reading: Reading }[]> {
  const readings = await readEntries(tx, orgId, bases.map(readerOf), Math.ceil(PAGE / bases.length));
  const lanes = bases.flatMap((base, n) => {
    const reading = readings[n];
    return reading ? [{ base, reading }] : [];
  });
  const short = lanes.filter(({ reading }) => reading.isAll);
  return short.length > 0 ? short : lanes.slice(0, 1);
}

const NO_MORE: Reading = { entries: [], isAll: true };

const readerOf = ({ key, state }: Base): Reader => ({ key, after: state.at ?? 0 });

async function advanceLane(tx: Tx, base: Base, first: Reading, rules: LaneRules, now: Date) {
  const { key, state } = base;
  const rows = collectRows(key);
  // It may have been closed after the base; the replay says anew what became of it.
  if (base.isReplay && state.recommendation) rows.log.open(state.recommendation);
  let reading = first;
  foldLane(state, reading.entries, Number.NEGATIVE_INFINITY, rules, rows.log);
  while (!reading.isAll) {
    [reading = NO_MORE] = await readEntries(tx, key.orgId, [readerOf(base)], PAGE);
    foldLane(state, reading.entries, Number.NEGATIVE_INFINITY, rules, rows.log);
  }
  foldLane(state, [], now.getTime(), rules, rows.log);
  return rows;
}

async function rulesByCategory(
  tx: Tx,
  orgId: OrgId,
  policy: Policy,
): Promise<(category: string) => LaneRules> {
  const categories = await tx.category.findMany({
    where: { orgId },
    select: { key: true, risk: true, ceiling: true },
  });
  const byKey = new Map(categories.map((category) => [category.key, rulesFor(policy, category)]));
  const unknown = rulesFor(policy, { risk: 'high', ceiling: 'crawl' });
  return (category) => byKey.get(category) ?? unknown;
}
