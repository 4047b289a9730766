import { BET_FRACTIONS, LADDER } from './constants';
import { addTo, largest, logAddExp, logSumExp, read } from './log-math';
import { OUTCOME_SCORES } from './severity';

/** Stakes kept per bar: one for each betting fraction. */
export const STAKES_PER_BAR = BET_FRACTIONS.length;

/** Stakes of a lane: bar by bar in ladder order, within a bar by betting fraction. */
export const STAKE_COUNT = LADDER.length * STAKES_PER_BAR;

// Bolder bets get more of the cash: weights 1..10 out of 55. Clean lanes are common, and they are proven by bold bets.
const WEIGHT_TOTAL = (STAKES_PER_BAR * (STAKES_PER_BAR + 1)) / 2;
const LN_WEIGHTS = Float64Array.from(BET_FRACTIONS, (_, k) => Math.log((k + 1) / WEIGHT_TOTAL));
const LN_FAILURE = Float64Array.from(BET_FRACTIONS, (u) => Math.log1p(-u));
const LN_STAKES_PER_BAR = Math.log(STAKES_PER_BAR);

/**
 * What one task of score x multiplies a stake by, betting the fraction u that the mean score is above m:
 * K = (1 - u) + u x / m, with 0 < u <= 1, 0 <= x <= 1, 0 < m < 1.
 * Never negative, and at most 1 in expectation whenever E[x | past] <= m: while the lane is at or below the bar, no way of
 * betting earns money. For x in {0,1} it is the likelihood ratio of p = m + (1-m)u against m.
 * Source: betting e-processes, Waudby-Smith & Ramdas 2024 (arXiv 2010.09686).
 */
export function betFactor(u: number, x: number, m: number): number {
  return 1 - u + (u * x) / m;
}

/**
 * Share of the starting cash (or of the error budget) spent on the b-th block (or epoch), b = 1, 2, ...:
 * w(1) = 0.8, w(b) = 0.2 / (b (b-1)). The shares add up to exactly 1, since the sum to B is 1 - 0.2 / B.
 */
export function spendingWeight(b: number): number {
  return b === 1 ? 0.8 : 0.2 / (b * (b - 1));
}

function lnBetFactors(x: number): Float64Array {
  return Float64Array.from(LADDER.flatMap((m) => BET_FRACTIONS.map((u) => Math.log1p(u * (x / m - 1)))));
}

// Scores repeat: nearly all are one of the table's four. The bound keeps freely graded scores from filling the memory.
const LN_BET_FACTORS = new Map(Object.values(OUTCOME_SCORES).map((x) => [Number(x), lnBetFactors(x)]));
const MOST_CACHED_SCORES = 64;

/** ln K of one score for all bars and fractions, laid out like the stakes. -Infinity where the bet loses everything. */
export function lnBets(x: number): Float64Array {
  const known = LN_BET_FACTORS.get(x);
  if (known) return known;
  const fresh = lnBetFactors(x);
  if (LN_BET_FACTORS.size < MOST_CACHED_SCORES) LN_BET_FACTORS.set(x, fresh);
  return fresh;
}

/** Puts block b's cash, w(b) times each fraction's weight, on the table. Works on all stakes or on those of one bar. */
export function addStakes(logStakes: Float64Array, block: number): void {
  const cash = Math.log(spendingWeight(block));
  for (let i = 0; i < logStakes.length; i += 1) {
    logStakes[i] = logAddExp(read(logStakes, i), cash + read(LN_WEIGHTS, i % STAKES_PER_BAR));
  }
}

/** Charges `extra` further zero observations to the stakes: each multiplies by 1 - u. None is no charge at all. */
export function chargeExtra(logStakes: Float64Array, extra: number): void {
  if (extra === 0) return; // 0 * -Infinity would be NaN
  for (let i = 0; i < logStakes.length; i += 1) {
    logStakes[i] = read(logStakes, i) + extra * read(LN_FAILURE, i % STAKES_PER_BAR);
  }
}

/** Settles one task on all stakes, or on one bar's stakes when `firstStake` is where that bar begins. */
export function settle(logStakes: Float64Array, x: number, extra: number, firstStake = 0): void {
  addTo(logStakes, lnBets(x), firstStake);
  chargeExtra(logStakes, extra);
}

/** ln of what the ten stakes of one bar are worth together; -Infinity when nothing is left. */
export function logWealth(logStakes: Float64Array, firstStake: number): number {
  return logSumExp(logStakes, firstStake, STAKES_PER_BAR);
}

/** Whether logWealth >= logThreshold. The sum lies between its largest term and ten times it, which mostly decides alone. */
export function reaches(logStakes: Float64Array, firstStake: number, logThreshold: number): boolean {
  const max = largest(logStakes, firstStake, STAKES_PER_BAR);
  if (max >= logThreshold) return true;
  if (max + LN_STAKES_PER_BAR < logThreshold) return false;
  return logWealth(logStakes, firstStake) >= logThreshold;
}
