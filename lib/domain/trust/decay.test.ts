import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addOutcome, decayTo, NO_OUTCOMES, reviseOutcome } from './decay';
import { isTrustInputError } from './trust-error';

describe('decayed sums', () => {
  it('halve in 60 days', () => {
    const sums = addOutcome(addOutcome(NO_OUTCOMES, 0, 1), 60, 0.3);
    expect(sums).toEqual({ scores: 0.8, weight: 1.5, at: 60 });
    expect(decayTo(sums, 120)).toEqual({ scores: 0.4, weight: 0.75, at: 120 });
  });

  it('are the same whether the truth came at once or late', () => {
    const days = fc.double({ min: 0, max: 400, noNaN: true });
    fc.assert(
      fc.property(days, days, days, (reviewedAt, toNext, toNews) => {
        const next = reviewedAt + toNext;
        const late = addOutcome(addOutcome(NO_OUTCOMES, reviewedAt, 0.7), next, 1);
        const known = addOutcome(addOutcome(NO_OUTCOMES, reviewedAt, 0), next, 1);
        const revised = reviseOutcome(late, next + toNews, reviewedAt, 0.7, 0);
        expect(revised.scores).toBeCloseTo(decayTo(known, next + toNews).scores, 12);
        expect(revised.weight).toBeCloseTo(decayTo(known, next + toNews).weight, 12);
      }),
    );
  });

  it('do not mind how often they are brought up to date', () => {
    const direct = decayTo(addOutcome(NO_OUTCOMES, 0, 1), 50);
    const often = decayTo(decayTo(addOutcome(NO_OUTCOMES, 0, 1), 17), 50);
    expect(often.scores).toBeCloseTo(direct.scores, 14);
  });

  it('refuse scores and times that cannot be', () => {
    const refused = (act: () => unknown): boolean => {
      try {
        act();
        return false;
      } catch (error) {
        return isTrustInputError(error);
      }
    };
    expect(refused(() => addOutcome(NO_OUTCOMES, 0, 1.01))).toBe(true);
    expect(refused(() => addOutcome(NO_OUTCOMES, 0, Number.NaN))).toBe(true);
    expect(refused(() => addOutcome(NO_OUTCOMES, Number.NaN, 1))).toBe(true);
    expect(refused(() => decayTo(addOutcome(NO_OUTCOMES, 9, 1), 8))).toBe(true);
  });
});
