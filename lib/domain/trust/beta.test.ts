import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile } from './beta';

describe('beta distribution', () => {
  it('agrees with the cases that have a closed form', () => {
    for (const q of [0.05, 0.3, 0.5, 0.95]) {
      expect(betaQuantile(q, 1, 1)).toBeCloseTo(q, 12);
      expect(betaQuantile(q, 7, 1)).toBeCloseTo(q ** (1 / 7), 12);
      expect(betaQuantile(q, 1, 7)).toBeCloseTo(1 - (1 - q) ** (1 / 7), 12);
      expect(betaQuantile(q, 0.5, 0.5)).toBeCloseTo(Math.sin((Math.PI * q) / 2) ** 2, 12); // arcsine law
    }
  });

  it('has its quantile within 1e-12 of where the distribution reaches the chance, at any size', () => {
    const shapes = fc.double({ min: 0.05, max: 20_000, noNaN: true });
    const chances = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(shapes, shapes, chances, (a, b, q) => {
        // Measured in x, as promised: near 0 and 1 a narrow beta is so steep that neighbouring doubles differ much in chance.
        const x = betaQuantile(q, a, b);
        expect(betaCdf(x - 1e-12, a, b)).toBeLessThanOrEqual(q);
        expect(betaCdf(x + 1e-12, a, b)).toBeGreaterThanOrEqual(q);
      }),
    );
  });

  it('is symmetric', () => {
    expect(betaQuantile(0.05, 18.5, 1.5)).toBeCloseTo(1 - betaQuantile(0.95, 1.5, 18.5), 12);
  });

  it('refuses what is no distribution', () => {
    expect(() => betaQuantile(0.5, 0, 1)).toThrow(RangeError);
    expect(() => betaQuantile(1, 1, 1)).toThrow(RangeError);
    expect(() => betaQuantile(0.5, Number.NaN, 1)).toThrow(RangeError);
  });
});
