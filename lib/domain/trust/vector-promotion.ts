import { type Bar, isBar, LADDER } from './constants';
import { cleanNeeded } from './forecast';
import {
  beginEpoch,
  countMatured,
  createPromotion,
  isProven,
  logEvidence,
  logThreshold,
  type Promotion,
  provenBar,
  reverse,
} from './promotion';
import { betFactor, spendingWeight } from './stakes';
import type { VectorCheck } from './vector-check';
import type { VectorFile } from './vector-schema';

function barsOf(byBar: Record<string, number | null>): { bar: Bar; expected: number | null }[] {
  return Object.entries(byBar).flatMap(([key, expected]) => {
    const bar = Number(key);
    return isBar(bar) ? [{ bar, expected }] : [];
  });
}

/** Checks w(b), the thresholds and K(u, x, m). */
export function checkBets(file: VectorFile, alpha: number, check: VectorCheck): void {
  file.weights.forEach(({ b, w, logThrEpoch }, i) => {
    check.close(`weights[${i}].w`, w, spendingWeight(b));
    check.close(`weights[${i}].logThrEpoch`, logThrEpoch, logThreshold(b, alpha));
  });
  file.betFactor.forEach(({ u, x, m, k }, i) => {
    check.close(`betFactor[${i}].k`, k, betFactor(u, x, m));
  });
}

function checkEvidence(
  path: string,
  expected: { logE: (number | null)[]; start: number; proven: number | null },
  promotion: Promotion,
  alpha: number,
  check: VectorCheck,
): void {
  LADDER.forEach((bar, j) => {
    check.log(`${path}.logE[${j}]`, expected.logE[j] ?? null, logEvidence(promotion, bar));
  });
  check.exact(`${path}.start`, expected.start, promotion.blocks);
  check.close(`${path}.proven`, expected.proven, provenBar(promotion, alpha));
}

/** Checks whole sequences of scores: evidence, forecasts, and the first task at which each bar is proven. */
export function checkPromotion(file: VectorFile, alpha: number, check: VectorCheck): void {
  file.promotion.forEach(({ x, checkpoints, firstCross }, i) => {
    const promotion = createPromotion();
    const crossed = new Map<Bar, number>();
    const bars = barsOf(firstCross);
    x.forEach((score, task) => {
      countMatured(promotion, score, 0, null);
      for (const { bar } of bars) {
        if (!crossed.has(bar) && isProven(promotion, bar, alpha)) crossed.set(bar, task + 1);
      }
      checkpoints.forEach((expected, j) => {
        if (expected.after !== task + 1) return;
        const path = `promotion[${i}].checkpoints[${j}]`;
        checkEvidence(path, expected, promotion, alpha, check);
        check.exact(`${path}.clean80`, expected.clean80, cleanNeeded(promotion, 0.8, alpha));
        check.exact(`${path}.clean90`, expected.clean90, cleanNeeded(promotion, 0.9, alpha));
        check.exact(`${path}.clean95`, expected.clean95, cleanNeeded(promotion, 0.95, alpha));
      });
    });
    for (const { bar, expected } of bars) {
      check.exact(`promotion[${i}].firstCross["${bar}"]`, expected, crossed.get(bar) ?? null);
    }
  });
}

/** Checks maturation in time, reversals and new epochs, after each operation. */
export function checkPromotionOps(file: VectorFile, alpha: number, check: VectorCheck): void {
  file.promotionOps.forEach(({ ops }, i) => {
    const promotion = createPromotion();
    ops.forEach((op, j) => {
      const path = `promotionOps[${i}].ops[${j}]`;
      if (op.op === 'matured') countMatured(promotion, op.x, op.extra, op.t);
      else if (op.op === 'reverse') reverse(promotion, op.xOld, op.xNew, op.extra);
      else beginEpoch(promotion);
      checkEvidence(path, op, promotion, alpha, check);
      check.exact(`${path}.epoch`, op.epoch, promotion.epoch);
      check.exact(`${path}.n`, op.n, promotion.matured);
      check.close(`${path}.logThr`, op.logThr, logThreshold(promotion.epoch, alpha));
    });
  });
}

/** Checks how many clean tasks an epoch takes from nothing. */
export function checkEpochClean(file: VectorFile, alpha: number, check: VectorCheck): void {
  file.epochClean.forEach(({ epoch, clean }, i) => {
    const promotion = createPromotion();
    while (promotion.epoch < epoch) beginEpoch(promotion);
    for (const { bar, expected } of barsOf(clean)) {
      check.exact(`epochClean[${i}].clean["${bar}"]`, expected, cleanNeeded(promotion, bar, alpha));
    }
  });
}
