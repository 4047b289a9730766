import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTo, largest, logAddExp, logSumExp } from './log-math';

const logs = fc.double({ min: -700, max: 700, noNaN: true });
const NOTHING = Number.NEGATIVE_INFINITY;

describe('sums of logarithms', () => {
  it('treats -Infinity as nothing', () => {
    expect(logAddExp(NOTHING, 2)).toBe(2);
    expect(logAddExp(2, NOTHING)).toBe(2);
    expect(logAddExp(NOTHING, NOTHING)).toBe(NOTHING);
    expect(logSumExp(new Float64Array(3).fill(NOTHING))).toBe(NOTHING);
  });

  it('does not overflow', () => {
    expect(logAddExp(5000, 5000)).toBeCloseTo(5000 + Math.LN2, 12);
    expect(logSumExp(Float64Array.of(-5000, -5000))).toBeCloseTo(-5000 + Math.LN2, 12);
  });

  it('sums any order and any number of terms alike', () => {
    fc.assert(
      fc.property(fc.array(logs, { minLength: 1, maxLength: 12 }), (values) => {
        const folded = values.reduce(logAddExp, NOTHING);
        expect(logSumExp(Float64Array.from(values))).toBeCloseTo(folded, 9);
        expect(largest(Float64Array.from(values))).toBe(Math.max(...values));
      }),
    );
  });

  it('adds one list to another, from any place of it', () => {
    const values = Float64Array.of(1, NOTHING);
    addTo(values, Float64Array.of(9, 9, 2, 3), 2);
    expect([...values]).toEqual([3, NOTHING]);
  });

  it('sums a part of an array', () => {
    expect(logSumExp(Float64Array.of(9, 0, 0, 9), 1, 2)).toBeCloseTo(Math.LN2, 15);
  });
});
