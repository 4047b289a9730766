import { ALPHA, type Bar, BLOCK } from './constants';
import { read } from './log-math';
import { fadedDays, fadingLoss, firstStakeOf, logThreshold, type Promotion } from './promotion';
import { addStakes, logWealth, reaches, STAKES_PER_BAR, settle } from './stakes';

const MOST_TASKS_AHEAD = 5000;

/** The part of a task that counts as evidence: score in [0,1] and extra zero observations. */
type Observed = { readonly x: number; readonly extra: number };

/** A copy of one bar's stakes, on which tasks are played forward. */
type Ahead = { readonly bar: Bar; readonly stakes: Float64Array; blocks: number; matured: number };

function lookAhead({ logStakes, blocks, matured }: Promotion, bar: Bar): Ahead {
  const firstStake = firstStakeOf(bar);
  return { bar, stakes: logStakes.slice(firstStake, firstStake + STAKES_PER_BAR), blocks, matured };
}

function play(ahead: Ahead, { x, extra }: Observed): void {
  if (ahead.matured % BLOCK === 0) {
    ahead.blocks += 1;
    addStakes(ahead.stakes, ahead.blocks);
  }
  settle(ahead.stakes, x, extra, firstStakeOf(ahead.bar));
  ahead.matured += 1;
}

const CLEAN: Observed = { x: 1, extra: 0 };

function cleanTasksTo(threshold: number, ahead: Ahead): number | null {
  for (let clean = 0; clean <= MOST_TASKS_AHEAD; clean += 1) {
    if (reaches(ahead.stakes, 0, threshold)) return clean;
    play(ahead, CLEAN);
  }
  return null;
}

/**
 * How many clean tasks in a row would prove the bar once `pending` has matured as it stands now: 0 when that alone suffices,
 * null beyond 5000. An exact count, not an estimate: it plays the tasks forward on a copy of this one bar's stakes. Time is
 * left out, so idle fading can make it longer. With nothing counted, epoch 1: 20 tasks for 0.80, 41 for 0.90, 83 for 0.95.
 */
export function cleanNeededAfterPending(
  promotion: Promotion,
  bar: Bar,
  pending: Iterable<Observed>,
  alpha: number = ALPHA,
): number | null {
  const ahead = lookAhead(promotion, bar);
  for (const task of pending) play(ahead, task);
  return cleanTasksTo(logThreshold(promotion.epoch, alpha), ahead);
}

/** The same, counting only what has matured: clean tasks in a row that would prove the bar; 0 when proven, null beyond 5000. */
export function cleanNeeded(promotion: Promotion, bar: Bar, alpha: number = ALPHA): number | null {
  return cleanNeededAfterPending(promotion, bar, [], alpha);
}

/** What a forecast on a later day starts from: one bar's stakes after the pending tasks, each matured at its own time. Plain JSON. */
export type Outlook = {
  /** ln of each stake of the bar; null = nothing is left of it (-Infinity). */
  readonly logStakes: readonly (number | null)[];
  readonly blocks: number;
  readonly matured: number;
  /** Day on which the last of them matured, or will. */
  readonly lastMaturedAt: number | null;
  /** Days from a review to its maturity. */
  readonly maturityDays: number;
};

/** `pending` are the epoch's waiting tasks, in review order; times in days. */
export function outlookOf(
  promotion: Promotion,
  bar: Bar,
  pending: Iterable<Observed & { readonly reviewedAt: number }>,
  maturityDays: number,
): Outlook {
  const ahead = lookAhead(promotion, bar);
  let { lastMaturedAt } = promotion;
  for (const task of pending) {
    const at = task.reviewedAt + maturityDays;
    fade(ahead, lastMaturedAt, at);
    play(ahead, task);
    lastMaturedAt = at;
  }
  const { stakes, blocks, matured } = ahead;
  const logStakes = Array.from(stakes, (log) => (log === Number.NEGATIVE_INFINITY ? null : log));
  return { logStakes, blocks, matured, lastMaturedAt, maturityDays };
}

function fade({ stakes }: Ahead, lastMaturedAt: number | null, at: number): void {
  const loss = fadingLoss(fadedDays(lastMaturedAt, at));
  for (let i = 0; i < stakes.length; i += 1) stakes[i] = read(stakes, i) - loss;
}

/**
 * How many clean reviews in a row, given from `day` on, would prove the bar: 0 when what has faded by that day suffices, null beyond
 * 5000. Exact if they follow one another within the grace: the first one matures `maturityDays` later, and finds the evidence faded
 * until then. Never less than `cleanNeededAfterPending`, and the same while nothing fades.
 */
export function cleanNeededOn(
  { logStakes, blocks, matured, lastMaturedAt, maturityDays }: Outlook,
  bar: Bar,
  threshold: number,
  day: number,
): number | null {
  const stakes = Float64Array.from(logStakes, (log) => log ?? Number.NEGATIVE_INFINITY);
  if (logWealth(stakes, 0) - fadingLoss(fadedDays(lastMaturedAt, day)) >= threshold) return 0;
  const ahead: Ahead = { bar, stakes, blocks, matured };
  fade(ahead, lastMaturedAt, day + maturityDays);
  play(ahead, CLEAN);
  const more = cleanTasksTo(threshold, ahead);
  return more === null ? null : more + 1;
}

function entropyTerm(p: number, q: number): number {
  return p === 0 ? 0 : p * Math.log(p / q);
}

/**
 * About how many tasks it takes to prove bar m at the rate p: ceil(max(0, threshold - max(logE, 0)) / KL(p, m)), where
 * KL(p, m) = p ln(p/m) + (1-p) ln((1-p)/(1-m)) is the most that one task adds to ln E on average (scores 0 and 1).
 * p in [0,1] is the displayed score, m in (0,1). Null when p <= m: at that rate the bar is never proven.
 * A rough guide (after Wald), to be labelled "at the current rate about N"; nothing is promised.
 */
export function expectedTasks(p: number, m: number, logE: number, threshold: number): number | null {
  if (!(p > m)) return null;
  const perTask = entropyTerm(p, m) + entropyTerm(1 - p, 1 - m);
  return Math.ceil(Math.max(0, threshold - Math.max(logE, 0)) / perTask);
}
