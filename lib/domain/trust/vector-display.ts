import { betaQuantile } from './beta';
import { calibrate } from './calibration';
import { addOutcome, NO_OUTCOMES, reviseOutcome } from './decay';
import {
  chargeLate,
  createDetector,
  failuresToAlarm,
  isAlarmed,
  logLossEvidence,
  stepDetector,
} from './detector';
import { expectedTasks } from './forecast';
import { poolScores } from './pooling';
import type { VectorCheck } from './vector-check';
import type { VectorFile } from './vector-schema';

/** Checks the e-detector, after each step and each late charge. */
export function checkDetectors(file: VectorFile, check: VectorCheck): void {
  file.detector.forEach(({ l0, A, ops }, i) => {
    const detector = createDetector(l0);
    ops.forEach((op, j) => {
      const path = `detector[${i}].ops[${j}]`;
      if (op.op === 'step') stepDetector(detector, op.loss);
      else chargeLate(detector, op.loss);
      check.log(`${path}.logR`, op.logR, logLossEvidence(detector));
      check.exact(`${path}.alarm`, op.alarm, isAlarmed(detector, A));
      check.exact(`${path}.failsToAlarm`, op.failsToAlarm, failuresToAlarm(detector, A));
    });
  });
}

/** Checks the decayed sums after each outcome and each revision. */
export function checkDecay({ decay }: VectorFile, check: VectorCheck): void {
  if (!decay) return;
  const reviewed = new Map<number, { at: number; x: number }>();
  let sums = NO_OUTCOMES;
  decay.events.forEach((event, i) => {
    if (event.length === 2) {
      const [at, x] = event;
      reviewed.set(i, { at, x });
      sums = addOutcome(sums, at, x);
    } else {
      const [t, , index, x] = event;
      const task = reviewed.get(index);
      if (!task)
        throw new Error(`vectors: decay.events[${i}][2]: event ${index} is not an outcome before this one`);
      sums = reviseOutcome(sums, t, task.at, task.x, x);
      reviewed.set(index, { at: task.at, x });
    }
    const after = decay.after[i] ?? { S: null, N: null };
    check.close(`decay.after[${i}].S`, after.S, sums.scores);
    check.close(`decay.after[${i}].N`, after.N, sums.weight);
  });
}

/** Checks pooled scores, their intervals, and the fit beneath them. */
export function checkPooling(file: VectorFile, check: VectorCheck): void {
  file.pooling.forEach(({ cells, expect }, i) => {
    const pooled = poolScores(cells.map(({ cat, s, n }) => ({ category: cat, scores: s, weight: n })));
    check.close(`pooling[${i}].expect.strength`, expect.strength, pooled.strength);
    check.close(`pooling[${i}].expect.gamma`, expect.gamma, pooled.gamma);
    expect.cells.forEach((cell, j) => {
      const path = `pooling[${i}].expect.cells[${j}]`;
      const lane = pooled.lanes[j];
      check.close(`${path}.priorMean`, cell.priorMean, lane?.priorMean ?? null);
      check.close(`${path}.a`, cell.a, lane?.a ?? null);
      check.close(`${path}.b`, cell.b, lane?.b ?? null);
      check.close(`${path}.score`, cell.score, lane?.score ?? null);
      check.close(`${path}.lo`, cell.lo, lane?.low ?? null);
      check.close(`${path}.hi`, cell.hi, lane?.high ?? null);
    });
  });
}

/** Checks beta quantiles and the rough forecast. */
export function checkFigures(file: VectorFile, check: VectorCheck): void {
  file.betaQuantile.forEach(({ a, b, q, x }, i) => {
    check.close(`betaQuantile[${i}].x`, x, betaQuantile(q, a, b));
  });
  file.expectedTasks.forEach(({ p, m, logE, logThr, tasks }, i) => {
    check.exact(`expectedTasks[${i}].tasks`, tasks, expectedTasks(p, m, logE, logThr));
  });
}

/** Checks the calibration figures and their bins. */
export function checkCalibration({ calibration: expected }: VectorFile, check: VectorCheck): void {
  if (!expected) return;
  const actual = calibrate(expected.pairs.map(([predicted, observed]) => ({ predicted, observed })));
  check.close('calibration.brier', expected.brier, actual.brier);
  check.close('calibration.logLoss', expected.logLoss, actual.logLoss);
  check.close('calibration.ece', expected.ece, actual.ece);
  expected.bins.forEach(([count, predicted, observed], j) => {
    const bin = actual.bins[j];
    check.exact(`calibration.bins[${j}][0]`, count, bin?.count);
    check.close(`calibration.bins[${j}][1]`, predicted, bin?.predicted ?? null);
    check.close(`calibration.bins[${j}][2]`, observed, bin?.observed ?? null);
  });
}
