import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { step } from './engine';
import { encodeEngine } from './engine-codec';
import { histories, QUICK, replayAll } from './testing';
import { isTrustInputError, type TrustInputCode } from './trust-error';
import { checkEvent, type TrustEvent } from './trust-event';

const review = { type: 'review', t: 5, task: 'T', x: 1 } as const;
const incident = { type: 'incident', t: 5, task: 'T', severity: 'SEV3' } as const;
const matured = { task: 'T', reviewedAt: 0, x: 1, extra: 0, loss: 0, epoch: 1, matured: true };

// Events arrive from JSON too, where the types promise nothing.
const untyped = (event: object): TrustEvent => JSON.parse(JSON.stringify(event));

const refused: [TrustInputCode, TrustEvent][] = [
  ['bad_time', { ...review, t: Number.NaN }],
  ['bad_time', { ...review, t: Number.POSITIVE_INFINITY }],
  ['time_went_back', { ...review, t: 3.9 }],
  ['bad_score', { ...review, x: 1.0001 }],
  ['bad_score', { ...review, x: -0.1 }],
  ['bad_score', { ...review, x: Number.NaN }],
  ['bad_loss', { ...review, loss: -1 }],
  ['bad_loss', { ...review, loss: Number.POSITIVE_INFINITY }],
  ['unknown_severity', untyped({ ...incident, severity: 'SEV9' })],
  ['bad_sampling_rate', { ...incident, samplingRate: 0 }],
  ['bad_sampling_rate', { type: 'revert', t: 5, task: 'T', samplingRate: 1.5 }],
  ['unknown_task', { ...incident, record: { ...matured, task: 'U' } }],
  ['unknown_task', { ...incident, record: { ...matured, matured: false } }],
  ['unknown_gear', untyped({ type: 'accept', t: 5, gear: 'fly' })],
  ['unknown_event', untyped({ type: 'applause', t: 5 })],
];

describe('events', () => {
  it.each(refused)('are refused: %s', (code, event) => {
    expect(() => checkEvent(event, 4)).toThrow(expect.objectContaining({ name: 'TrustInputError', code }));
  });

  it('pass at the same time as the last, and before any', () => {
    expect(() => checkEvent(review, 5)).not.toThrow();
    expect(() => checkEvent({ ...incident, samplingRate: 0.2 }, null)).not.toThrow();
  });

  it('that are refused leave the lane as it was', () => {
    const wrong = fc.constantFrom<TrustEvent>(
      { ...review, t: -1 },
      { ...review, t: 1e6, x: 2 },
      { ...incident, t: 1e6, task: 'never seen' },
    );
    fc.assert(
      fc.property(histories, wrong, (events, event) => {
        fc.pre(events.length > 0);
        const { state } = replayAll(events, QUICK).replay;
        const before = encodeEngine(state);
        try {
          step(state, event, QUICK);
          expect.unreachable();
        } catch (error) {
          expect(isTrustInputError(error)).toBe(true);
        }
        expect(encodeEngine(state)).toEqual(before);
      }),
    );
  });
});
