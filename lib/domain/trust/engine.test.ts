import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { step } from './engine';
import { DEFAULT_ENGINE_CONFIG, type EngineConfig } from './engine-config';
import { cloneEngine, createEngine, isStale } from './engine-state';
import { pendingRecords } from './pending';
import { logEvidence } from './promotion';
import { createReplay, replayEvent } from './replay';
import { histories, QUICK, replayAll, standing } from './testing';
import type { TrustEvent } from './trust-event';

const DAILY: EngineConfig = { ...DEFAULT_ENGINE_CONFIG, maturityDays: 1 };

const reviews = (count: number, x = 1, from = 0): TrustEvent[] =>
  Array.from({ length: count }, (_, i) => ({ type: 'review', t: from + i, task: `T${from + i}`, x }));

/** A lane in walk on day 21, with 21 clean tasks behind it. */
const inWalk = () => replayAll([...reviews(21), { type: 'accept', t: 21, gear: 'walk' }], DAILY).replay;

describe('a lane', () => {
  it('is recommended for walk with its 20th clean task matured, not with the 20th reviewed', () => {
    const { results } = replayAll(reviews(21), DAILY);
    expect(results.map(({ verdict }) => verdict.kind).indexOf('promote')).toBe(20);
    expect(results[20]?.verdict).toEqual({ kind: 'promote', to: 'walk' });
  });

  it('waits for a person: without an accept it stays in crawl', () => {
    expect(replayAll(reviews(40), DAILY).replay.state.gear).toBe('crawl');
  });

  it('must mature ten tasks in walk before run, and the evidence of crawl counts', () => {
    const { results } = replayAll(
      [...reviews(60), { type: 'accept', t: 60, gear: 'walk' }, ...reviews(12, 1, 61)],
      DAILY,
    );
    const first = results.findIndex(({ verdict }) => verdict.kind === 'promote' && verdict.to === 'run');
    expect(results[60]?.verdict.kind).toBe('hold');
    expect(first).toBe(60 + 10 + 1); // the last task of crawl matures in walk, and counts as one of the ten
  });

  it('loses its recommendation to bad news', () => {
    const replay = createReplay();
    const { results } = replayAll(reviews(21), DAILY, replay);
    expect(results.at(-1)?.verdict.kind).toBe('promote');
    expect(replayEvent(replay, { type: 'revert', t: 21, task: 'T3' }, DAILY).verdict.kind).toBe('hold');
  });

  it('is not promoted while a task with an open SEV3 matures, though it is proven', () => {
    const { replay, results } = replayAll(
      [...reviews(60), { type: 'incident', t: 59.5, task: 'T59', severity: 'SEV3' }],
      DAILY,
    );
    expect(logEvidence(replay.state.promotion, 0.8)).toBeGreaterThan(Math.log(25));
    expect(results.at(-1)?.verdict.kind).toBe('hold');
    expect(replayEvent(replay, { type: 'tick', t: 60 }, DAILY).verdict.kind).toBe('promote');
  });

  it('keeps what is pending out of the evidence, and carries its bad news to maturity', () => {
    const { replay, results } = replayAll([...reviews(1), { type: 'revert', t: 0.5, task: 'T0' }], DAILY);
    expect(results[1]?.changed).toEqual([
      { task: 'T0', reviewedAt: 0, x: 0, extra: 0, loss: 1, epoch: 1, matured: false },
    ]);
    expect(replay.state.promotion.matured).toBe(0);
    const { changed } = replayEvent(replay, { type: 'tick', t: 1 }, DAILY);
    expect(changed[0]).toMatchObject({ task: 'T0', x: 0, matured: true });
    expect(replay.state.notClean).toBe(1);
  });
});

describe('above crawl', () => {
  it('rejections raise the bar alarm: one gear down, and a new epoch', () => {
    const { results, replay } = replayAll(reviews(30, 0, 21), DAILY, inWalk());
    const demotion = results.findIndex(({ verdict }) => verdict.kind === 'demote');
    expect(results[demotion]).toMatchObject({ verdict: { kind: 'demote', to: 'crawl' }, cause: 'bar alarm' });
    expect(replay.state).toMatchObject({ gear: 'crawl', watch: null });
    expect(replay.state.promotion.epoch).toBe(2);
  });

  it('losses raise the drift alarm first, and ten clean reviews clear it', () => {
    const replay = replayAll(reviews(60, 1, 21), DAILY, inWalk()).replay;
    const { results } = replayAll(reviews(3, 0, 81), DAILY, replay);
    expect(results.at(-1)).toMatchObject({ verdict: { kind: 'tighten' }, cause: 'drift alarm' });
    const clean = replayAll(reviews(10, 1, 84), DAILY, replay).results.map(({ verdict }) => verdict.kind);
    expect(clean).toEqual([...Array.from({ length: 9 }, () => 'tighten'), 'hold']);
  });

  it('SEV2 takes one gear, SEV1 all of them, SEV3 none', () => {
    const gearAfter = (severity: 'SEV1' | 'SEV2' | 'SEV3'): string => {
      const replay = inWalk();
      replayEvent(replay, { type: 'accept', t: 21, gear: 'run' }, DAILY);
      replayEvent(replay, { type: 'incident', t: 22, task: 'T20', severity }, DAILY);
      return replay.state.gear;
    };
    expect([gearAfter('SEV3'), gearAfter('SEV2'), gearAfter('SEV1')]).toEqual(['run', 'walk', 'crawl']);
  });

  it('tasks reviewed before a new epoch never enter it', () => {
    const replay = inWalk();
    replayAll([...reviews(1, 1, 21), { type: 'reset', t: 21.5 }, { type: 'tick', t: 30 }], DAILY, replay);
    expect(replay.state.matured).toBe(22);
    expect(replay.state.promotion).toMatchObject({ epoch: 2, matured: 0 });
  });

  it('late losses weigh by the sampling rate', () => {
    const evidence = (samplingRate: number): number => {
      const replay = inWalk();
      replayEvent(replay, { type: 'revert', t: 22, task: 'T9', samplingRate }, DAILY);
      return replay.state.watch?.bar.openLoss ?? Number.NaN;
    };
    expect(evidence(1)).toBe(1);
    expect(evidence(0.2)).toBeCloseTo(0.2, 15);
  });

  it('only what is worse than known is charged', () => {
    const replay = inWalk();
    const openLoss = (): number | null | undefined => replay.state.watch?.bar.openLoss;
    replayEvent(replay, { type: 'incident', t: 22, task: 'T9', severity: 'SEV3' }, DAILY);
    replayEvent(replay, { type: 'revert', t: 22, task: 'T9' }, DAILY);
    expect(openLoss()).toBe(2);
    expect(replay.records.get('T9')).toMatchObject({ x: 0, extra: 1, loss: 2 });
  });

  it('goes stale when too little matures', () => {
    const { state } = inWalk();
    expect(isStale(state, 100)).toBe(false);
    expect(isStale(state, 130)).toBe(true);
    expect(isStale(createEngine(), 130)).toBe(false);
  });
});

describe('bad news about a task without review', () => {
  const news: TrustEvent = { type: 'incident', t: 22, task: 'unseen', severity: 'SEV3' };

  it('is refused unless said to be so', () => {
    const { state } = inWalk();
    expect(() => step(state, news, DAILY)).toThrow(expect.objectContaining({ code: 'unknown_task' }));
  });

  it('opens a synthetic task of score 0, charged in full', () => {
    const { state } = inWalk();
    step(state, { ...news, unreviewed: true }, DAILY);
    expect(pendingRecords(state.pending)).toMatchObject([{ task: 'unseen', x: 0, extra: 1, loss: 2 }]);
    expect(state.watch?.bar.openLoss).toBe(2);
  });
});

describe('laws', () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });

  it('ticks anywhere change nothing', () => {
    fc.assert(
      fc.property(histories, fc.array(fraction, { minLength: 300, maxLength: 300 }), (events, ticks) => {
        const ticked = events.flatMap((event, i): TrustEvent[] => {
          const from = events[i - 1]?.t ?? event.t;
          const t = from + (event.t - from) * (ticks[i] ?? 0);
          return [{ type: 'tick', t }, event, { type: 'tick', t: event.t }];
        });
        expect(standing(replayAll(ticked, QUICK).replay)).toEqual(standing(replayAll(events, QUICK).replay));
      }),
      { numRuns: 300 },
    );
  });

  it('going on from a clone, taken anywhere, equals replaying; and the original is not touched', () => {
    fc.assert(
      fc.property(histories, fraction, (events, where) => {
        const cut = Math.floor(events.length * where);
        const { replay } = replayAll(events.slice(0, cut), QUICK);
        const before = standing(replay);
        const copy = createReplay(cloneEngine(replay.state), new Map(replay.records));
        replayAll(events.slice(cut), QUICK, copy);
        expect(standing(copy)).toEqual(standing(replayAll(events, QUICK).replay));
        expect(standing(replay)).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('a revert never raises the evidence of any bar', () => {
    fc.assert(
      fc.property(histories, fc.nat(40), (events, task) => {
        const replay = replayAll(events, QUICK).replay;
        const t = replay.state.lastT ?? 0;
        const before = cloneEngine(replay.state);
        replayEvent(replay, { type: 'revert', t, task: `T${task}` }, QUICK);
        for (const bar of [0.5, 0.8, 0.99] as const) {
          if (replay.state.promotion.epoch !== before.promotion.epoch) continue;
          const allowed = logEvidence(before.promotion, bar) + 1e-12;
          expect(logEvidence(replay.state.promotion, bar)).toBeLessThanOrEqual(allowed);
        }
      }),
    );
  });

  it('histories reach every gear and every verdict, so that the laws are tried everywhere', () => {
    const seen = new Set<string>();
    for (const events of fc.sample(histories, { numRuns: 400, seed: 3 })) {
      const { results, replay } = replayAll(events, QUICK);
      seen.add(replay.state.gear);
      for (const { verdict, cause } of results) seen.add(verdict.kind).add(cause ?? 'no cause');
    }
    expect([...seen].sort()).toEqual(
      [
        'SEV1',
        'SEV2',
        'bar alarm',
        'crawl',
        'demote',
        'drift alarm',
        'hold',
        'no cause',
        'promote',
        'run',
        'tighten',
        'walk',
      ].sort(),
    );
  });
});
