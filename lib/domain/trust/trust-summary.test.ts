import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeEngine } from './engine-codec';
import { DEFAULT_ENGINE_CONFIG } from './engine-config';
import { createEngine } from './engine-state';
import { histories, QUICK, replayAll } from './testing';
import { summarize } from './trust-summary';

describe('summary', () => {
  it('of a new lane', () => {
    const summary = summarize(createEngine(), DEFAULT_ENGINE_CONFIG, 0.95);
    expect(summary).toMatchObject({
      gear: 'crawl',
      epoch: 1,
      proven: null,
      maturedInEpoch: 0,
      tasksLeftInGear: 0,
      cleanRunLeft: null,
      reference: null,
      barDetector: null,
    });
    expect(summary.next).toMatchObject({ gear: 'walk', evidence: 0, isProven: false, cleanNeeded: 20 });
    expect(summary.next?.evidenceNeeded).toBeCloseTo(25, 12);
    expect(summary.bars.map((bar) => bar.cleanNeededAfterPending)).toEqual([20, 41]);
    expect(summary.bars.map((bar) => bar.expectedTasks)).toEqual([35, 193]);
  });

  it('agrees with the verdict, and changes nothing', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const { replay, results } = replayAll(events, QUICK);
        const before = encodeEngine(replay.state);
        const summary = summarize(replay.state, QUICK, null);
        expect(encodeEngine(replay.state)).toEqual(before);

        const verdict = results.at(-1)?.verdict.kind ?? 'hold';
        if (verdict === 'promote') {
          expect(summary.next).toMatchObject({ isProven: true, cleanNeeded: 0 });
          expect(summary).toMatchObject({ tasksLeftInGear: 0, openIncidents: 0, tight: false });
        }
        if (verdict !== 'demote') expect(summary.tight).toBe(verdict === 'tighten');
        expect(summary.cleanRunLeft === null).toBe(!summary.tight);
        expect(summary.barDetector === null).toBe(summary.gear === 'crawl');
        expect(summary.barDetector?.failuresToAlarm).not.toBe(0);
        for (const bar of summary.bars) {
          expect(bar.cleanNeeded === 0).toBe(bar.isProven);
          expect(bar.expectedTasks).toBeNull();
        }
        expect(summary.next === null).toBe(summary.gear === 'run');
      }),
    );
  });
});
