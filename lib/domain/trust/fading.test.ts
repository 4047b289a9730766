import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloneEngine } from './engine-state';
import { fadedTrust } from './fading';
import { cleanNeededAfterPending } from './forecast';
import { pendingRecords } from './pending';
import { countMatured, isProven, provenBar } from './promotion';
import { histories, QUICK, replayAll } from './testing';
import { summarize } from './trust-summary';

const lasting = fc.integer({ min: 0, max: 400 });

describe('faded trust', () => {
  it('is what the engine would find if a task matured on that day', () => {
    fc.assert(
      fc.property(histories, lasting, (events, later) => {
        const { replay } = replayAll(events, QUICK);
        const { state } = replay;
        const summary = summarize(state, QUICK, null);
        const day = (state.lastT ?? 0) + later;
        const faded = fadedTrust(summary.next, summary.fading, day);
        if (faded === null) {
          const idle = day - (state.promotion.lastMaturedAt ?? day);
          expect(state.promotion.matured === 0 || idle <= 30).toBe(true);
          return;
        }
        expect(faded.fadedDays).toBeCloseTo(day - faded.idleSince - 30, 9);
        // An observation at the bar's own score neither adds to its evidence nor takes from it.
        const found = (score: number) => {
          const { promotion } = cloneEngine(state);
          promotion.matured += promotion.matured % 20 === 0 ? 1 : 0;
          countMatured(promotion, score, 0, day);
          return promotion;
        };
        if (faded.proven !== null) expect(isProven(found(faded.proven), faded.proven)).toBe(true);
        expect(faded.proven ?? 0).toBeLessThanOrEqual(provenBar(state.promotion) ?? 0);
        if (summary.next)
          expect(faded.next?.isProven).toBe(isProven(found(summary.next.bar), summary.next.bar));
        else expect(faded.next).toBeNull();
      }),
    );
  });

  it('needs no fewer clean reviews than before', () => {
    fc.assert(
      fc.property(histories, lasting, (events, later) => {
        const { state } = replayAll(events, QUICK).replay;
        const { next, fading, epoch } = summarize(state, QUICK, null);
        const faded = fadedTrust(next, fading, (state.lastT ?? 0) + later);
        if (!faded?.next || !next) return;
        const pending = pendingRecords(state.pending).filter((record) => record.epoch === epoch);
        const before = cleanNeededAfterPending(state.promotion, next.bar, pending) ?? Number.NaN;
        expect(faded.next.cleanNeeded).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('can be told from the summary as JSON', () => {
    fc.assert(
      fc.property(histories, lasting, (events, later) => {
        const { state } = replayAll(events, QUICK).replay;
        const day = (state.lastT ?? 0) + later;
        const { next, fading } = summarize(state, QUICK, null);
        const kept = JSON.parse(JSON.stringify({ next, fading }));
        expect(fadedTrust(kept.next, kept.fading, day)).toEqual(fadedTrust(next, fading, day));
      }),
    );
  });
});
