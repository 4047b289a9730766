import { describe, expect, it } from 'vitest';
import { isBar } from './constants';
import { checkConfig, DEFAULT_ENGINE_CONFIG, type EngineConfig } from './engine-config';

const refuses = (change: Partial<EngineConfig>): void => {
  expect(() => checkConfig({ ...DEFAULT_ENGINE_CONFIG, ...change })).toThrow(
    expect.objectContaining({ name: 'TrustInputError', code: 'bad_config' }),
  );
};

describe('configuration', () => {
  it('passes the defaults through', () => {
    expect(checkConfig(DEFAULT_ENGINE_CONFIG)).toBe(DEFAULT_ENGINE_CONFIG);
  });

  it('refuses what the guarantees would not hold for', () => {
    refuses({ bars: { walk: 0.95, run: 0.9 } });
    refuses({ alpha: 0 });
    refuses({ alpha: 1 });
    refuses({ aDemote: 1 });
    refuses({ aDrift: Number.NaN });
    refuses({ maturityDays: -1 });
    refuses({ maturityDays: Number.POSITIVE_INFINITY });
    refuses({ minInGear: 1.5 });
    refuses({ tightenClear: 0 });
  });

  it('knows the bars of the ladder', () => {
    expect(isBar(0.95)).toBe(true);
    expect(isBar(0.94)).toBe(false);
    expect(isBar(Number.NaN)).toBe(false);
  });
});
