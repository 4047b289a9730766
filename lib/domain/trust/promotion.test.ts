import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK, LADDER } from './constants';
import {
  beginEpoch,
  clonePromotion,
  countMatured,
  createPromotion,
  isProven,
  logEvidence,
  logThreshold,
  type Promotion,
  provenAbove,
  provenBar,
  reverse,
} from './promotion';
import { scores, seededRandom } from './testing';

const evidenceAfter = (xs: readonly number[]): Promotion => {
  const promotion = createPromotion();
  for (const x of xs) countMatured(promotion, x, 0, null);
  return promotion;
};

const evidenceOf = (promotion: Promotion): number[] => LADDER.map((bar) => logEvidence(promotion, bar));

const clean = (count: number): number[] => Array.from({ length: count }, () => 1);

describe('promotion evidence', () => {
  it('proves 0.80 with the 20th clean task, 0.90 with the 41st, 0.95 with the 83rd', () => {
    for (const [bar, needed] of [
      [0.8, 20],
      [0.9, 41],
      [0.95, 83],
    ] as const) {
      expect(isProven(evidenceAfter(clean(needed - 1)), bar)).toBe(false);
      expect(isProven(evidenceAfter(clean(needed)), bar)).toBe(true);
    }
  });

  it('needs 25 to 1 in the first epoch, 200 to 1 in the second', () => {
    expect(Math.exp(logThreshold(1))).toBeCloseTo(25, 12);
    expect(Math.exp(logThreshold(2))).toBeCloseTo(200, 10);
  });

  it('does not increase from bar to bar', () => {
    fc.assert(
      fc.property(fc.array(scores, { minLength: 1, maxLength: 120 }), (xs) => {
        const evidence = evidenceOf(evidenceAfter(xs));
        evidence.reduce((lower, higher) => {
          expect(higher).toBeLessThanOrEqual(lower + 1e-12);
          return higher;
        });
      }),
    );
  });

  it('does not depend on the order of outcomes within a block', () => {
    const blocks = fc.array(scores, { minLength: BLOCK, maxLength: BLOCK });
    const shuffled = blocks.chain((xs) =>
      fc.tuple(fc.constant(xs), fc.shuffledSubarray(xs, { minLength: BLOCK })),
    );
    fc.assert(
      fc.property(blocks, shuffled, ([...first], [xs, ys]) => {
        const a = evidenceOf(evidenceAfter([...first, ...xs]));
        const b = evidenceOf(evidenceAfter([...first, ...ys]));
        a.forEach((logE, i) => {
          expect(Math.abs(logE - (b[i] ?? Number.NaN))).toBeLessThanOrEqual(
            1e-12 * Math.max(1, Math.abs(logE)),
          );
        });
      }),
    );
  });

  it('never rises by a reversal, then or later', () => {
    fc.assert(
      fc.property(
        fc.array(scores, { minLength: 1, maxLength: 70 }),
        fc.nat(),
        fc.nat(9),
        fc.array(scores, { maxLength: 30 }),
        (xs, index, extra, later) => {
          const as = evidenceAfter(xs);
          const reversed = clonePromotion(as);
          reverse(reversed, xs[index % xs.length] ?? 1, 0, extra);
          for (const x of [null, ...later]) {
            if (x !== null) for (const promotion of [as, reversed]) countMatured(promotion, x, 0, null);
            const before = evidenceOf(as);
            evidenceOf(reversed).forEach((logE, i) => {
              expect(logE).toBeLessThanOrEqual((before[i] ?? Number.NaN) + 1e-12);
            });
          }
        },
      ),
    );
  });

  it('reverses as if the task had scored so all along, while no younger stake exists', () => {
    const reversed = evidenceAfter([1, 0.7, 1]);
    reverse(reversed, 0.7, 0, 1);
    const known = createPromotion();
    for (const [x, extra] of [
      [1, 0],
      [0, 1],
      [1, 0],
    ] as const)
      countMatured(known, x, extra, null);
    evidenceOf(known).forEach((logE, i) => {
      expect(evidenceOf(reversed)[i]).toBeCloseTo(logE, 12);
    });
  });

  it('fades by half every 30 idle days after the first 30', () => {
    const steady = createPromotion();
    const idle = createPromotion();
    for (const [promotion, pause] of [
      [steady, 30],
      [idle, 90],
    ] as const) {
      for (const x of clean(12)) countMatured(promotion, x, 0, 5);
      countMatured(promotion, 1, 0, 5 + pause);
    }
    expect(logEvidence(steady, 0.8) - logEvidence(idle, 0.8)).toBeCloseTo(2 * Math.LN2, 12);
  });

  it('begins an epoch with nothing', () => {
    const promotion = evidenceAfter(clean(50));
    beginEpoch(promotion);
    expect(provenBar(promotion)).toBeNull();
    expect(promotion).toMatchObject({ epoch: 2, blocks: 0, matured: 0 });
  });

  it('proves the highest bar below which all are proven', () => {
    fc.assert(
      fc.property(fc.array(scores, { maxLength: 120 }), (xs) => {
        const promotion = evidenceAfter(xs);
        const firstMissing = LADDER.findIndex((bar) => logEvidence(promotion, bar) < logThreshold(1));
        const expected = firstMissing === -1 ? 0.99 : (LADDER[firstMissing - 1] ?? null);
        expect(provenBar(promotion)).toBe(expected);
        for (const bar of LADDER) {
          expect(provenAbove(promotion, bar)).toBe(expected !== null && expected > bar ? expected : null);
        }
      }),
    );
  });
});

describe('the guarantee, by simulation', { timeout: 60_000 }, () => {
  const shareEverProven = (draw: (random: () => number) => number, lanes: number, tasks: number): number => {
    const random = seededRandom(20261122);
    let proven = 0;
    for (let lane = 0; lane < lanes; lane += 1) {
      const promotion = createPromotion();
      for (let task = 0; task < tasks; task += 1) {
        countMatured(promotion, draw(random), 0, null);
        if (!isProven(promotion, 0.8)) continue;
        proven += 1;
        break;
      }
    }
    return proven / lanes;
  };
  const limit = (lanes: number): number => 0.05 + 3 * Math.sqrt((0.05 * 0.95) / lanes);

  it('holds at the bar: of 2000 lanes at 0.80, looked at after each of 1000 tasks, about 3.4 % are ever proven', () => {
    const share = shareEverProven((random) => (random() < 0.8 ? 1 : 0), 2000, 1000);
    expect(share).toBeLessThanOrEqual(limit(2000));
    expect(share).toBeGreaterThan(0.02); // a test that nothing could fail would prove nothing
  });

  it('holds for graded scores with mean 0.80', () => {
    // 60 % at 1, 20 % at 0.7, 20 % at 0.3: mean 0.80
    const draw = (random: () => number): number => {
      const at = random();
      return at < 0.6 ? 1 : at < 0.8 ? 0.7 : 0.3;
    };
    expect(shareEverProven(draw, 1000, 500)).toBeLessThanOrEqual(limit(1000));
  });

  it('lets a lane at 0.97 through', () => {
    expect(shareEverProven((random) => (random() < 0.97 ? 1 : 0), 300, 400)).toBeGreaterThan(0.99);
  });
});
