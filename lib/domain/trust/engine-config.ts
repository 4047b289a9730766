import type { Gear } from '../gear';
import { ALPHA, type Bar, isBar } from './constants';
import { trustInputError } from './trust-error';

/** A gear that has to be earned, and so has a bar. */
export type EarnedGear = Exclude<Gear, 'crawl'>;

/** The numbers a lane is judged by. Ceilings and pins are not among them: policy puts those on top of the verdict. */
export type EngineConfig = {
  /** Bar of each earned gear, a member of the ladder. */
  readonly bars: Readonly<Record<EarnedGear, Bar>>;
  /** Days from review to maturity, >= 0. What is estimated is "the score after so many days". */
  readonly maturityDays: number;
  /** Tasks that must mature in a gear above crawl before the next one is recommended. */
  readonly minInGear: number;
  /** Clean reviews in a row that end a tightening. */
  readonly tightenClear: number;
  /** Threshold of the bar detector: mean reviewed tasks to a false demotion, at least; > 1. */
  readonly aDemote: number;
  /** Threshold of the drift detector: mean reviewed tasks to a false tightening, at least; > 1. */
  readonly aDrift: number;
  /** Chance over the lane's life of a false promotion, at most; in (0,1). */
  readonly alpha: number;
};

/** Gait's own defaults. Where risk is high, set the bar of run to 0.95. */
export const DEFAULT_ENGINE_CONFIG: EngineConfig = {
  bars: { walk: 0.8, run: 0.9 },
  maturityDays: 14,
  minInGear: 10,
  tightenClear: 10,
  aDemote: 500,
  aDrift: 200,
  alpha: ALPHA,
};

/** Refuses a configuration the guarantees would not hold for; returns it otherwise. Call it once, when a policy is read. */
export function checkConfig(config: EngineConfig): EngineConfig {
  const require = (holds: boolean, rule: string): void => {
    if (!holds) throw trustInputError('bad_config', rule);
  };
  const { bars, maturityDays, minInGear, tightenClear, aDemote, aDrift, alpha } = config;
  require(isBar(bars.walk) && isBar(bars.run), 'bars must be members of the ladder');
  require(bars.walk <= bars.run, 'the bar of run must not lie below the bar of walk');
  require(maturityDays >= 0 && Number.isFinite(maturityDays), 'maturityDays must be finite and not negative');
  require(Number.isInteger(minInGear) && minInGear >= 0, 'minInGear must be a whole number, not negative');
  require(Number.isInteger(tightenClear) && tightenClear >= 1, 'tightenClear must be a whole number above 0');
  require(aDemote > 1 && aDrift > 1, 'aDemote and aDrift must be above 1');
  require(alpha > 0 && alpha < 1, 'alpha must lie between 0 and 1');
  return config;
}
