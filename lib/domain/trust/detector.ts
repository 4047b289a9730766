import { LOSS_FRACTIONS } from './constants';
import { logAddExp, logSumExp, read } from './log-math';

const LN_COUNT = Math.log(LOSS_FRACTIONS.length);
const MOST_FAILURES_TRIED = 1000;

/**
 * An e-detector of the Shiryaev-Roberts kind: it watches the mean loss per reviewed task.
 *
 * Guarantee: as long as E[loss charged in a step | past] <= tolerated, the mean number of steps to an alarm at
 * threshold A is at least A, for any mix of losses >= 0. Source: Shin, Ramdas, Rinaldo 2024, doi 10.51387/23-NEJSDS51.
 *
 * Changed in place by the functions of this file; `cloneDetector` before trying something out.
 */
export type Detector = {
  /** Mean loss per step that is still good, 0 < tolerated < 1: one minus the bar that is watched. */
  tolerated: number;
  /** ln of the evidence of each loss fraction (7 numbers); -Infinity before the first step. */
  readonly logs: Float64Array;
  /** Loss charged so far in the open (last) step; null before the first. */
  openLoss: number | null;
  /** The tolerated loss that held when the open step began. */
  openTolerated: number;
};

/** A detector that has seen nothing. */
export function createDetector(tolerated: number): Detector {
  return {
    tolerated,
    logs: new Float64Array(LOSS_FRACTIONS.length).fill(Number.NEGATIVE_INFINITY),
    openLoss: null,
    openTolerated: tolerated,
  };
}

/** An independent copy. */
export function cloneDetector(from: Detector): Detector {
  return { ...from, logs: from.logs.slice() };
}

/** Forgets everything seen; the tolerated loss stays. */
export function clearDetector(detector: Detector): void {
  detector.logs.fill(Number.NEGATIVE_INFINITY);
  detector.openLoss = null;
}

function lnFactor(fraction: number, loss: number, tolerated: number): number {
  return Math.log1p(fraction * (loss / tolerated - 1));
}

/** A reviewed task of loss l >= 0: R becomes (R + 1) (1 + v (l / tolerated - 1)) for every loss fraction v. */
export function stepDetector(detector: Detector, loss: number): void {
  const { logs, tolerated } = detector;
  for (let k = 0; k < logs.length; k += 1) {
    const fraction = LOSS_FRACTIONS[k] ?? Number.NaN;
    logs[k] = logAddExp(read(logs, k), 0) + lnFactor(fraction, loss, tolerated);
  }
  detector.openLoss = loss;
  detector.openTolerated = tolerated;
}

/**
 * Loss found later, d > 0, on whatever task: charged to the open step, at once, as if that step had lost d more.
 * Before any step, a step without loss is opened first.
 */
export function chargeLate(detector: Detector, loss: number): void {
  if (detector.openLoss === null) stepDetector(detector, 0);
  const { logs, openTolerated } = detector;
  const before = detector.openLoss ?? 0;
  const after = before + loss;
  for (let k = 0; k < logs.length; k += 1) {
    const fraction = LOSS_FRACTIONS[k] ?? Number.NaN;
    const change = lnFactor(fraction, after, openTolerated) - lnFactor(fraction, before, openTolerated);
    logs[k] = read(logs, k) + change;
  }
  detector.openLoss = after;
}

/** ln of the mean evidence over the seven loss fractions. An alarm is logLossEvidence >= ln A. */
export function logLossEvidence(detector: Detector): number {
  return logSumExp(detector.logs) - LN_COUNT;
}

/** Whether the evidence of loss has reached the threshold A (A > 1; about the guaranteed mean steps to a false alarm). */
export function isAlarmed(detector: Detector, threshold: number): boolean {
  return logLossEvidence(detector) >= Math.log(threshold);
}

/** How many rejections in a row (loss 1 each) would raise the alarm: 0 when it is raised already, null beyond 1000. */
export function failuresToAlarm(detector: Detector, threshold: number): number | null {
  const trial = cloneDetector(detector);
  for (let failures = 0; failures <= MOST_FAILURES_TRIED; failures += 1) {
    if (isAlarmed(trial, threshold)) return failures;
    stepDetector(trial, 1);
  }
  return null;
}
