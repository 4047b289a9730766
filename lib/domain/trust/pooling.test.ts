import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPooling, type PoolingLane, pooledScore, poolScores } from './pooling';

const lane = (category: string, scores: number, weight: number): PoolingLane => ({
  category,
  scores,
  weight,
});

const lanes = fc.array(
  fc
    .tuple(
      fc.constantFrom('tests', 'docs', 'bugfix'),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(200),
    )
    .map(([category, rate, weight]) => lane(category, rate * weight, weight)),
  { minLength: 1, maxLength: 30 },
);

describe('pooled scores', () => {
  it('know nothing about the only lane, without outcomes', () => {
    const {
      lanes: [only],
      strength,
      gamma,
    } = poolScores([lane('tests', 0, 0)]);
    expect({ strength, gamma }).toEqual({ strength: 10, gamma: null });
    expect(only).toMatchObject({ priorMean: 0.5, score: 0.5, a: 5, b: 5, priorShare: 1 });
  });

  it('have no lanes for no lanes', () => {
    expect(poolScores([])).toMatchObject({ strength: 10, gamma: null, lanes: [] });
  });

  it('lie between the prior and the lane itself, and inside their interval', () => {
    fc.assert(
      fc.property(lanes, (all) => {
        const pooled = poolScores(all);
        expect(pooled.strength).toBeGreaterThanOrEqual(2 - 1e-12);
        expect(pooled.strength).toBeLessThanOrEqual(50 + 1e-12);
        all.forEach(({ scores, weight }, i) => {
          const shown = pooled.lanes[i];
          if (!shown) throw new Error('a lane is missing');
          const own = weight === 0 ? shown.priorMean : scores / weight;
          expect(shown.score).toBeGreaterThanOrEqual(Math.min(own, shown.priorMean) - 1e-12);
          expect(shown.score).toBeLessThanOrEqual(Math.max(own, shown.priorMean) + 1e-12);
          expect(shown.low).toBeLessThan(shown.high);
          expect(shown.priorShare + weight / (pooled.strength + weight)).toBeCloseTo(1, 12);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('never use a lane for its own prior', () => {
    const others = [lane('tests', 30, 40), lane('docs', 9, 10)];
    const priorOf = (scores: number): number | undefined =>
      fitPooling([...others, lane('tests', scores, 50)]).priorMeans[2];
    expect(priorOf(0)).toBeCloseTo(priorOf(50) ?? Number.NaN, 12);
  });

  it('lean on the category where it has outcomes, on the organisation where it has none', () => {
    const { priorMeans } = fitPooling([
      lane('tests', 95, 100),
      lane('docs', 50, 100),
      lane('tests', 0, 0),
      lane('chore', 0, 0),
    ]);
    const [, , tests = 0, chore = 0] = priorMeans;
    expect(tests).toBeGreaterThan(0.9);
    expect(chore).toBeCloseTo(146 / 202, 12);
  });

  it('pool strongly when lanes are alike, weakly when they differ', () => {
    const alike = fitPooling(Array.from({ length: 6 }, () => lane('tests', 80, 100)));
    const different = fitPooling([5, 95, 10, 90, 99, 1].map((scores) => lane('tests', scores, 100)));
    expect(alike.strength).toBeCloseTo(50, 9);
    expect(different.strength).toBeLessThan(4);
  });

  it('can be refreshed for one lane between two fits', () => {
    const all = [lane('tests', 30, 40), lane('docs', 9, 10), lane('tests', 4, 5)];
    const { strength, lanes: shown } = poolScores(all);
    expect(pooledScore({ scores: 4, weight: 5 }, shown[2]?.priorMean ?? 0, strength)).toEqual(shown[2]);
  });
});
