import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BET_FRACTIONS, LADDER } from './constants';
import { logSumExp } from './log-math';
import {
  addStakes,
  betFactor,
  chargeExtra,
  lnBets,
  logWealth,
  reaches,
  STAKE_COUNT,
  spendingWeight,
} from './stakes';

const empty = (): Float64Array => new Float64Array(STAKE_COUNT).fill(Number.NEGATIVE_INFINITY);

describe('bets', () => {
  it('are fair at the bar: m K(u,1,m) + (1-m) K(u,0,m) = 1', () => {
    for (const m of LADDER) {
      for (const u of BET_FRACTIONS) {
        expect(m * betFactor(u, 1, m) + (1 - m) * betFactor(u, 0, m)).toBeCloseTo(1, 14);
      }
    }
  });

  it('gain nothing on average from any score whose mean is the bar', () => {
    const scored = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(scored, fc.constantFrom(...BET_FRACTIONS), (xs, u) => {
        const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
        fc.pre(mean > 1e-6);
        const average = xs.reduce((sum, x) => sum + betFactor(u, x, mean), 0) / xs.length;
        expect(average).toBeCloseTo(1, 9);
      }),
    );
  });

  it('lose everything only when everything is staked on a zero', () => {
    const lost = [...lnBets(0)].filter((log) => log === Number.NEGATIVE_INFINITY);
    expect(lost).toHaveLength(LADDER.length);
    expect([...lnBets(0.3)].every(Number.isFinite)).toBe(true);
  });

  it('are the same from the table and worked out afresh', () => {
    for (let i = 0; i < 200; i += 1) lnBets(i / 200); // more scores than are kept
    for (const x of [0.005, 0.7, 0.995]) {
      expect(lnBets(x)[0]).toBeCloseTo(Math.log(betFactor(0.1, x, 0.5)), 12);
    }
  });
});

describe('cash', () => {
  it('is spent to the last penny: the first B shares sum to 1 - 0.2 / B', () => {
    let sum = 0;
    for (let b = 1; b <= 5000; b += 1) {
      sum += spendingWeight(b);
      expect(sum).toBeCloseTo(1 - 0.2 / b, 12);
    }
  });

  it('of a block is split over the fractions without remainder', () => {
    const stakes = empty();
    addStakes(stakes, 1);
    expect(logWealth(stakes, 0)).toBeCloseTo(Math.log(0.8), 14);
    addStakes(stakes, 2);
    expect(logWealth(stakes, 50)).toBeCloseTo(Math.log(0.9), 14);
  });

  it('is untouched by no extra charge, even where ln(1-u) is -Infinity', () => {
    const stakes = empty();
    addStakes(stakes, 1);
    const before = stakes.slice();
    chargeExtra(stakes, 0);
    expect(stakes).toEqual(before);
    chargeExtra(stakes, 2);
    expect([...stakes].some(Number.isNaN)).toBe(false);
  });
});

describe('reaches', () => {
  it('says what comparing the sum says', () => {
    const rows = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(rows, fc.double({ min: -20, max: 20, noNaN: true }), (row, threshold) => {
        const stakes = Float64Array.from(row);
        const sum = logSumExp(stakes);
        for (const at of [threshold, sum, Math.max(...row), Math.max(...row) + Math.LN10]) {
          expect(reaches(stakes, 0, at)).toBe(sum >= at);
        }
      }),
    );
  });
});
