import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanNeeded, cleanNeededAfterPending, cleanNeededOn, expectedTasks, outlookOf } from './forecast';
import {
  beginEpoch,
  clonePromotion,
  countMatured,
  createPromotion,
  fadedDays,
  fadingLoss,
  isProven,
  logEvidence,
  logThreshold,
} from './promotion';
import { scores } from './testing';

describe('clean tasks needed', () => {
  it('from nothing, by epoch', () => {
    const promotion = createPromotion();
    const needed = [0.8, 0.9, 0.95] as const;
    expect(needed.map((bar) => cleanNeeded(promotion, bar))).toEqual([20, 41, 83]);
    beginEpoch(promotion);
    expect(needed.map((bar) => cleanNeeded(promotion, bar))).toEqual([30, 63, 128]);
    beginEpoch(promotion);
    expect(needed.map((bar) => cleanNeeded(promotion, bar))).toEqual([35, 74, 151]);
  });

  it('comes true: so many clean tasks prove the bar, one fewer does not', () => {
    const pending = fc.array(fc.record({ x: scores, extra: fc.constantFrom(0, 0, 1) }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(scores, { maxLength: 60 }), pending, (xs, tasks) => {
        const promotion = createPromotion();
        for (const x of xs) countMatured(promotion, x, 0, null);
        const before = clonePromotion(promotion);
        const needed = cleanNeededAfterPending(promotion, 0.8, tasks) ?? Number.NaN;
        expect(promotion).toEqual(before);
        for (const { x, extra } of tasks) countMatured(promotion, x, extra, null);
        for (let clean = 0; clean < needed; clean += 1) {
          expect(isProven(promotion, 0.8)).toBe(false);
          countMatured(promotion, 1, 0, null);
        }
        expect(isProven(promotion, 0.8)).toBe(true);
      }),
    );
  });

  it('is null when 5000 would not do', () => {
    // A clean task brings at most ln(1/0.99), about 0.01, towards ln(1e30), about 69.
    expect(cleanNeeded(createPromotion(), 0.99, 1e-30)).toBeNull();
    expect(cleanNeeded(createPromotion(), 0.5, 1e-30)).toBeGreaterThan(99);
  });
});

describe('clean tasks needed on a later day', () => {
  const MATURITY = 14;
  const tasks = fc.array(
    fc.record({ x: scores, extra: fc.constant(0), gap: fc.constantFrom(0, 0.5, 3, 50) }),
    {
      maxLength: 60,
    },
  );

  /** Tasks that have matured up to day 0, and some that were reviewed since and wait. */
  const histories = fc.record({ counted: tasks, waiting: fc.array(scores, { maxLength: 5 }) });

  function promotionOf(counted: readonly { x: number; extra: number; gap: number }[]) {
    const promotion = createPromotion();
    let at = -counted.reduce((sum, { gap }) => sum + gap, 0);
    for (const { x, extra, gap } of counted) {
      at += gap;
      countMatured(promotion, x, extra, at);
    }
    return promotion;
  }

  it('comes true when the first of them is given on that day', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 400 }), ({ counted, waiting }, later) => {
        const promotion = promotionOf(counted);
        const before = clonePromotion(promotion);
        const pending = waiting.map((x, index) => ({ x, extra: 0, reviewedAt: index / 10 }));
        const outlook = outlookOf(promotion, 0.8, pending, MATURITY);
        const day = 1 + later;
        const needed = cleanNeededOn(outlook, 0.8, logThreshold(1), day) ?? Number.NaN;
        expect(promotion).toEqual(before);
        expect(needed).toBeGreaterThanOrEqual(cleanNeededAfterPending(promotion, 0.8, pending) ?? Number.NaN);

        for (const { x, reviewedAt } of pending) countMatured(promotion, x, 0, reviewedAt + MATURITY);
        const faded = fadingLoss(fadedDays(promotion.lastMaturedAt, day));
        expect(needed === 0).toBe(logEvidence(promotion, 0.8) - faded >= logThreshold(1));
        for (let clean = 0; clean < needed; clean += 1) {
          if (clean > 0) expect(isProven(promotion, 0.8)).toBe(false);
          countMatured(promotion, 1, 0, day + MATURITY);
        }
        if (needed > 0) expect(isProven(promotion, 0.8)).toBe(true);
      }),
    );
  });

  it('is none while enough is left, and more the longer the lane lies idle', () => {
    const promotion = createPromotion();
    for (let task = 0; task < 23; task += 1) countMatured(promotion, 1, 0, 0);
    const outlook = outlookOf(promotion, 0.8, [], MATURITY);
    const on = (day: number) => cleanNeededOn(outlook, 0.8, logThreshold(1), day);
    expect([0, 30, 45].map(on)).toEqual([0, 0, 0]);
    const fadesOut = 30 + ((logEvidence(promotion, 0.8) - logThreshold(1)) / Math.LN2) * 30;
    expect(on(fadesOut - 0.01)).toBe(0);
    expect(on(fadesOut + 0.01)).toBeGreaterThan(0);
    const needed = Array.from({ length: 60 }, (_, index) => on(index * 30) ?? Number.NaN);
    expect(needed).toEqual(needed.toSorted((a, b) => a - b));
    // Nothing of the first stake is left then: as from nothing, but for the smaller stakes that later blocks bring.
    expect(needed.at(-1)).toBeGreaterThan(20);
  });

  it('survives JSON', () => {
    const promotion = createPromotion();
    for (const x of [1, 0, 1]) countMatured(promotion, x, 0, 0);
    const outlook = outlookOf(promotion, 0.8, [], MATURITY);
    expect(outlook.logStakes.at(-1)).toBeNull();
    expect(JSON.parse(JSON.stringify(outlook))).toEqual(outlook);
  });
});

describe('expected tasks', () => {
  const threshold = logThreshold(1);

  it('follows from the evidence missing and what a task brings', () => {
    expect(expectedTasks(0.95, 0.8, 0, threshold)).toBe(35);
    expect(expectedTasks(1, 0.8, 0, threshold)).toBe(Math.ceil(threshold / -Math.log(0.8)));
  });

  it('counts evidence below 1 as none', () => {
    expect(expectedTasks(0.95, 0.8, -50, threshold)).toBe(35);
    expect(expectedTasks(0.95, 0.8, Number.NEGATIVE_INFINITY, threshold)).toBe(35);
  });

  it('is 0 when proven, and null at or below the bar', () => {
    expect(expectedTasks(0.95, 0.8, 9, threshold)).toBe(0);
    expect(expectedTasks(0.8, 0.8, 0, threshold)).toBeNull();
    expect(expectedTasks(0, 0.8, 0, threshold)).toBeNull();
  });
});
