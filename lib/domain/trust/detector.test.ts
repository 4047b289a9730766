import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chargeLate,
  clearDetector,
  cloneDetector,
  createDetector,
  failuresToAlarm,
  isAlarmed,
  logLossEvidence,
  stepDetector,
} from './detector';
import { seededRandom } from './testing';

const losses = fc.array(fc.constantFrom(0, 0, 0, 0.3, 0.7, 1, 2), { maxLength: 60 });

describe('e-detector', { timeout: 60_000 }, () => {
  it('starts from nothing, and can be made to forget', () => {
    const detector = createDetector(0.1);
    expect(logLossEvidence(detector)).toBe(Number.NEGATIVE_INFINITY);
    stepDetector(detector, 1);
    clearDetector(detector);
    expect(detector).toEqual(createDetector(0.1));
  });

  it('gains 1 a step on average at the tolerated loss, no more', () => {
    const at = (loss: number): number => {
      const detector = createDetector(0.1);
      stepDetector(detector, loss);
      return Math.exp(logLossEvidence(detector));
    };
    expect(0.1 * at(1) + 0.9 * at(0)).toBeCloseTo(1, 12);
  });

  it('takes a late loss as if the open step had lost that much', () => {
    fc.assert(
      fc.property(losses, fc.constantFrom(0.3, 1, 5), fc.constantFrom(0, 0.3, 1), (past, late, last) => {
        const charged = createDetector(0.1);
        const known = createDetector(0.1);
        for (const loss of past) for (const detector of [charged, known]) stepDetector(detector, loss);
        stepDetector(charged, last);
        chargeLate(charged, late);
        stepDetector(known, last + late);
        expect(logLossEvidence(charged)).toBeCloseTo(logLossEvidence(known), 9);
      }),
    );
  });

  it('opens a step without loss when the news comes before any', () => {
    const early = createDetector(0.2);
    chargeLate(early, 2);
    const known = createDetector(0.2);
    stepDetector(known, 2);
    expect(logLossEvidence(early)).toBeCloseTo(logLossEvidence(known), 12);
  });

  it('foretells the very number of rejections that raise the alarm, and is not changed by asking', () => {
    fc.assert(
      fc.property(losses, (past) => {
        const detector = createDetector(0.1);
        for (const loss of past) stepDetector(detector, loss);
        const before = cloneDetector(detector);
        const failures = failuresToAlarm(detector, 500) ?? Number.NaN;
        expect(detector).toEqual(before);
        for (let i = 0; i < failures; i += 1) {
          expect(isAlarmed(detector, 500)).toBe(false);
          stepDetector(detector, 1);
        }
        expect(isAlarmed(detector, 500)).toBe(true);
      }),
    );
  });

  it('raises no false alarm sooner than promised: at the tolerated loss, after about 690 steps on average', () => {
    const random = seededRandom(7);
    const runs = 4000; // standard error about 10 steps
    let steps = 0;
    for (let run = 0; run < runs; run += 1) {
      const detector = createDetector(0.1);
      while (!isAlarmed(detector, 500)) {
        stepDetector(detector, random() < 0.1 ? 1 : 0);
        steps += 1;
      }
    }
    expect(steps / runs).toBeGreaterThanOrEqual(500);
    expect(Math.abs(steps / runs - 690)).toBeLessThan(40);
  });
});
