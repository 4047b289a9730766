import { describe, expect, it } from 'vitest';
import { calibrate } from './calibration';

describe('calibration', () => {
  it('has no figures without forecasts', () => {
    expect(calibrate([])).toMatchObject({ count: 0, brier: null, logLoss: null, ece: null });
  });

  it('is worked out by hand for two forecasts', () => {
    const { count, brier, logLoss, ece, bins } = calibrate([
      { predicted: 0.8, observed: 1 },
      { predicted: 0.85, observed: 0.3 },
    ]);
    expect(count).toBe(2);
    expect(brier).toBeCloseTo((0.04 + 0.3025) / 2, 12);
    expect(logLoss).toBeCloseTo(-(Math.log(0.8) + 0.3 * Math.log(0.85) + 0.7 * Math.log(0.15)) / 2, 12);
    expect(ece).toBeCloseTo(0.35 / 2, 12);
    expect(bins[8]).toMatchObject({ count: 2 });
  });

  it('puts 1 into the last bin, and keeps certainty finite', () => {
    const { bins, logLoss } = calibrate([{ predicted: 1, observed: 0 }]);
    expect(bins[9]?.count).toBe(1);
    expect(logLoss).toBeCloseTo(-Math.log(1e-6), 6);
  });

  it('refuses a score outside [0,1]', () => {
    for (const wrong of [1.2, -0.2, Number.NaN]) {
      expect(() => calibrate([{ predicted: wrong, observed: 1 }])).toThrow('score');
      expect(() => calibrate([{ predicted: 1, observed: wrong }])).toThrow('score');
    }
  });
});
