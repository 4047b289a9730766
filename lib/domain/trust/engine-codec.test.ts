import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEngine, type EncodedEngine, encodeEngine } from './engine-codec';
import { createEngine } from './engine-state';
import { createReplay } from './replay';
import { histories, QUICK, replayAll, standing } from './testing';

const throughJson = (encoded: EncodedEngine): EncodedEngine => JSON.parse(JSON.stringify(encoded));

describe('encoded state', () => {
  it('goes through JSON and back unchanged, and goes on as before', () => {
    fc.assert(
      fc.property(histories, histories, (past, future) => {
        const { replay } = replayAll(past, QUICK);
        const encoded = encodeEngine(replay.state);
        const back = createReplay(decodeEngine(throughJson(encoded)), new Map(replay.records));
        expect(encodeEngine(back.state)).toEqual(encoded);
        expect(back.state.openIncidents).toBe(replay.state.openIncidents);

        const from = replay.state.lastT ?? 0;
        const later = future.map((event) => ({ ...event, t: event.t + from }));
        replayAll(later, QUICK, replay);
        replayAll(later, QUICK, back);
        expect(standing(back)).toEqual(standing(replay));
      }),
      { numRuns: 300 },
    );
  });

  it('holds no -Infinity, which JSON would turn into something else', () => {
    const encoded = encodeEngine(createEngine());
    expect(encoded.promotion.logStakes).toContain(null);
    expect(throughJson(encoded)).toEqual(encoded);
  });

  it('is refused in another version or shape', () => {
    const encoded = encodeEngine(createEngine());
    const refused = expect.objectContaining({ name: 'TrustInputError', code: 'bad_state' });
    const short = { ...encoded, promotion: { ...encoded.promotion, logStakes: [1] } };
    expect(() => decodeEngine(JSON.parse('{"version":2}'))).toThrow(refused);
    expect(() => decodeEngine(short)).toThrow(refused);
    expect(() => decodeEngine({ ...encoded, gear: 'walk' })).toThrow(refused);
  });

  it('takes about 3 KB without pending tasks', () => {
    const events = fc.sample(histories, { numRuns: 50, seed: 1 });
    for (const history of events) {
      const encoded = encodeEngine(replayAll(history, QUICK).replay.state);
      expect(JSON.stringify({ ...encoded, pending: [] }).length).toBeLessThan(3500);
    }
  });
});
