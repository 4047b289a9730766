import { ALPHA, type Bar, BLOCK, IDLE_GRACE_DAYS, IDLE_HALF_LIFE_DAYS, LADDER } from './constants';
import { read } from './log-math';
import {
  addStakes,
  chargeExtra,
  lnBets,
  logWealth,
  reaches,
  STAKE_COUNT,
  STAKES_PER_BAR,
  settle,
  spendingWeight,
} from './stakes';

/**
 * The promotion evidence of one lane: an e-process per bar, all fed by the same matured tasks.
 *
 * Guarantee (Ville's inequality): while every task since the epoch began had, given the past, an expected score <= m, the
 * chance that the evidence for m ever reaches the threshold of epoch e is at most alpha w(e); over all epochs, at most alpha.
 * It holds for any distribution of scores on [0,1], without independence, and however often one looks.
 *
 * Changed in place by the functions of this file; `clonePromotion` before trying something out.
 */
export type Promotion = {
  /** ln of each stake (120 numbers, natural log); -Infinity where nothing is staked or all is lost. */
  readonly logStakes: Float64Array;
  /** Number of the current epoch, 1, 2, ... */
  epoch: number;
  /** Blocks started within the epoch. */
  blocks: number;
  /** Matured tasks counted within the epoch. */
  matured: number;
  /** When the last counted task matured, in days; null before the first. */
  lastMaturedAt: number | null;
};

/** Evidence of a lane that has none yet: epoch 1, nothing staked. */
export function createPromotion(): Promotion {
  return {
    logStakes: new Float64Array(STAKE_COUNT).fill(Number.NEGATIVE_INFINITY),
    epoch: 1,
    blocks: 0,
    matured: 0,
    lastMaturedAt: null,
  };
}

/** An independent copy. */
export function clonePromotion(from: Promotion): Promotion {
  return { ...from, logStakes: from.logStakes.slice() };
}

/** Days of fading that a task maturing at day `at` finds: those beyond 30 without any; 0 before the first task. */
export function fadedDays(lastMaturedAt: number | null, at: number): number {
  return lastMaturedAt === null ? 0 : Math.max(0, at - lastMaturedAt - IDLE_GRACE_DAYS);
}

/** What so many days (>= 0) of fading take off ln E of every bar: ln 2 for each 30 of them. */
export function fadingLoss(days: number): number {
  return (Math.LN2 * days) / IDLE_HALF_LIFE_DAYS;
}

function fade(promotion: Promotion, at: number): void {
  const { logStakes, lastMaturedAt } = promotion;
  promotion.lastMaturedAt = at;
  const days = fadedDays(lastMaturedAt, at);
  if (days === 0) return;
  const loss = fadingLoss(days);
  for (let i = 0; i < STAKE_COUNT; i += 1) logStakes[i] = read(logStakes, i) - loss;
}

/**
 * Counts a task that has matured, with the score x in [0,1] and the extra zero observations known by then.
 * `at` is the time of maturation in days, not before the last one; null leaves time out of it.
 * Evidence that lay idle for more than 30 days first fades by half every further 30 days. Fading only lowers it, so the
 * guarantee is untouched. Every 20th task opens a fresh stake.
 */
export function countMatured(promotion: Promotion, x: number, extra: number, at: number | null): void {
  if (at !== null) fade(promotion, at);
  if (promotion.matured % BLOCK === 0) {
    promotion.blocks += 1;
    addStakes(promotion.logStakes, promotion.blocks);
  }
  settle(promotion.logStakes, x, extra);
  promotion.matured += 1;
}

/**
 * Bad news about a task already counted in this epoch: its score falls from xOld to xNew, and extraAdded zero observations come on top.
 * Every stake is multiplied by K(u, xNew, m) / K(u, xOld, m) (1 - u)^extraAdded, stakes younger than the task too.
 * It never raises the evidence, so the guarantee is untouched. Corrections upwards are not made here: the lane is replayed.
 */
export function reverse(promotion: Promotion, xOld: number, xNew: number, extraAdded: number): void {
  const { logStakes } = promotion;
  const before = lnBets(xOld);
  const after = lnBets(xNew);
  for (let i = 0; i < STAKE_COUNT; i += 1) {
    // A stake that bets everything and still lives, though this task alone would have ended it, is younger than the task.
    if (read(before, i) === Number.NEGATIVE_INFINITY) continue;
    logStakes[i] = read(logStakes, i) + read(after, i) - read(before, i);
  }
  chargeExtra(logStakes, extraAdded);
}

/** Begins the next epoch with empty hands. The threshold rises, for every new start spends some of the error budget. */
export function beginEpoch(promotion: Promotion): void {
  promotion.logStakes.fill(Number.NEGATIVE_INFINITY);
  promotion.epoch += 1;
  promotion.blocks = 0;
  promotion.matured = 0;
}

/**
 * ln of the evidence an epoch needs: -ln(alpha w(epoch)). In epoch 1, at alpha 0.05, that is ln 25; in epoch 2, ln 200.
 * For a bound over a fleet of lanes, alpha = (the fleet's alpha) / (number of lanes).
 */
export function logThreshold(epoch: number, alpha: number = ALPHA): number {
  return -Math.log(alpha * spendingWeight(epoch));
}

/** Index of a bar's first stake. */
export function firstStakeOf(bar: Bar): number {
  return LADDER.indexOf(bar) * STAKES_PER_BAR;
}

/**
 * ln of the evidence that the lane's mean score is above the bar; -Infinity without any task.
 * Not increasing in the bar, as long as nothing was reversed. A reversal also lowers stakes younger than the task, those of
 * low bars most, and so may upset the order; it never lifts any bar above what it would be without it.
 */
export function logEvidence(promotion: Promotion, bar: Bar): number {
  return logWealth(promotion.logStakes, firstStakeOf(bar));
}

/** Whether the evidence for a bar reaches the epoch's threshold now. */
export function isProven(promotion: Promotion, bar: Bar, alpha: number = ALPHA): boolean {
  return reaches(promotion.logStakes, firstStakeOf(bar), logThreshold(promotion.epoch, alpha));
}

/** The highest bar such that it and every bar below it are proven; null when not even the lowest is. */
export function provenBar(promotion: Promotion, alpha: number = ALPHA): Bar | null {
  const threshold = logThreshold(promotion.epoch, alpha);
  let proven: Bar | null = null;
  for (const bar of LADDER) {
    if (!reaches(promotion.logStakes, firstStakeOf(bar), threshold)) break;
    proven = bar;
  }
  return proven;
}

/** Whether the proven bar lies above `bar`. Asks the next bar first, which nearly always settles it at a tenth of the cost. */
export function provenAbove(promotion: Promotion, bar: Bar, alpha: number = ALPHA): Bar | null {
  const next = LADDER[LADDER.indexOf(bar) + 1];
  if (next === undefined || !isProven(promotion, next, alpha)) return null;
  const proven = provenBar(promotion, alpha);
  return proven !== null && proven > bar ? proven : null;
}
