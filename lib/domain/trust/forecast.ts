import { ALPHA, type Bar, BLOCK } from './constants';
import { firstStakeOf, logThreshold, type Promotion } from './promotion';
import { addStakes, reaches, STAKES_PER_BAR, settle } from './stakes';

const MOST_TASKS_AHEAD = 5000;

/** The part of a task that counts as evidence: score in [0,1] and extra zero observations. */
type Observed = { readonly x: number; readonly extra: number };

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
  const firstStake = firstStakeOf(bar);
  const stakes = promotion.logStakes.slice(firstStake, firstStake + STAKES_PER_BAR);
  const threshold = logThreshold(promotion.epoch, alpha);
  let { blocks, matured } = promotion;
  const count = (x: number, extra: number): void => {
    if (matured % BLOCK === 0) {
      blocks += 1;
      addStakes(stakes, blocks);
    }
    settle(stakes, x, extra, firstStake);
    matured += 1;
  };

  for (const task of pending) count(task.x, task.extra);
  for (let clean = 0; clean <= MOST_TASKS_AHEAD; clean += 1) {
    if (reaches(stakes, 0, threshold)) return clean;
    count(1, 0);
  }
  return null;
}

/** The same, counting only what has matured: clean tasks in a row that would prove the bar; 0 when proven, null beyond 5000. */
export function cleanNeeded(promotion: Promotion, bar: Bar, alpha: number = ALPHA): number | null {
  return cleanNeededAfterPending(promotion, bar, [], alpha);
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
