import { checkScore } from './trust-error';

/** A forecast and what came of it: the displayed score just before the task, and the task's matured score. Both in [0,1]. */
export type Forecast = { readonly predicted: number; readonly observed: number };

/** One tenth of the forecasts, by predicted score: how many, and the sums of both. */
export type CalibrationBin = {
  readonly count: number;
  readonly predicted: number;
  readonly observed: number;
};

/** How well displayed scores foretold outcomes. The three figures are null without forecasts. */
export type Calibration = {
  readonly count: number;
  /** Mean squared miss, 0 (perfect) to 1. Brier 1950. */
  readonly brier: number | null;
  /** Mean of -(x ln p + (1-x) ln(1-p)), natural log, >= 0; p is first clipped to [1e-6, 1 - 1e-6]. */
  readonly logLoss: number | null;
  /** Expected calibration error: mean over forecasts of |mean predicted - mean observed| of their bin, 0 to 1. */
  readonly ece: number | null;
  /** Ten bins; bin j holds predictions in [j/10, (j+1)/10), the last one also 1. */
  readonly bins: readonly CalibrationBin[];
};

const BINS = 10;
const CLIP = 1e-6;

function lossOf({ predicted, observed }: Forecast): number {
  const p = Math.min(Math.max(predicted, CLIP), 1 - CLIP);
  return -(observed * Math.log(p) + (1 - observed) * Math.log(1 - p));
}

/** Compares forecasts with outcomes, each forecast made before its outcome was known (prequentially, after Dawid 1984). */
export function calibrate(forecasts: readonly Forecast[]): Calibration {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, predicted: 0, observed: 0 }));
  let squares = 0;
  let losses = 0;
  for (const forecast of forecasts) {
    const { predicted, observed } = forecast;
    checkScore(predicted);
    checkScore(observed);
    squares += (predicted - observed) ** 2;
    losses += lossOf(forecast);
    const bin = bins[Math.min(Math.floor(BINS * predicted), BINS - 1)];
    if (!bin) continue;
    bin.count += 1;
    bin.predicted += predicted;
    bin.observed += observed;
  }
  const count = forecasts.length;
  const misses = bins.reduce((sum, bin) => sum + Math.abs(bin.predicted - bin.observed), 0);
  const mean = (sum: number): number | null => (count === 0 ? null : sum / count);
  return { count, brier: mean(squares), logLoss: mean(losses), ece: mean(misses), bins };
}
