import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanNeeded, cleanNeededAfterPending, expectedTasks } from './forecast';
import {
  beginEpoch,
  clonePromotion,
  countMatured,
  createPromotion,
  isProven,
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
