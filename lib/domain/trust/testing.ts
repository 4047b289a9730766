import fc from 'fast-check';
import type { StepResult } from './engine';
import { encodeEngine } from './engine-codec';
import { DEFAULT_ENGINE_CONFIG, type EngineConfig } from './engine-config';
import { createReplay, type Replay, replayEvent } from './replay';
import type { TrustEvent } from './trust-event';

/** Random numbers in [0,1) that are the same in every run: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A quick-tempered lane, so that short histories see every gear, alarm and epoch. */
export const QUICK: EngineConfig = {
  ...DEFAULT_ENGINE_CONFIG,
  bars: { walk: 0.5, run: 0.7 },
  maturityDays: 3,
  minInGear: 2,
  tightenClear: 3,
  aDemote: 40,
  aDrift: 15,
};

/** Scores as they come, the better ones more often. */
export const scores = fc.constantFrom(1, 1, 1, 1, 0.7, 0.3, 0, 0.85);

const deeds = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      deed: fc.constant('review' as const),
      x: scores,
      times: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ deed: fc.constant('revert' as const), back: fc.nat(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      deed: fc.constant('incident' as const),
      back: fc.nat(30),
      severity: fc.constantFrom('SEV1', 'SEV2', 'SEV3', 'SEV4'),
      samplingRate: fc.constantFrom(1, 0.2),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ deed: fc.constant('accept' as const), gear: fc.constantFrom('walk', 'run') }),
  },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('reset' as const) }) },
);

/** Histories of a lane: events in order of time, reviews in runs of equal score, bad news mostly about tasks that were reviewed. */
export const histories: fc.Arbitrary<TrustEvent[]> = fc
  .array(fc.tuple(fc.constantFrom(0, 0, 0.1, 0.5, 1, 2, 50), deeds), { maxLength: 25, size: 'max' })
  .map((steps) => {
    const events: TrustEvent[] = [];
    let t = 0;
    let reviewed = 0;
    for (const [days, step] of steps) {
      t += days;
      if (step.deed === 'review') {
        for (let i = 0; i < step.times; i += 1) {
          reviewed += 1;
          t += 0.3;
          events.push({ type: 'review', t, task: `T${reviewed}`, x: step.x });
        }
        continue;
      }
      const task = `T${reviewed - ('back' in step ? step.back : 0)}`;
      if (step.deed === 'revert') events.push({ type: 'revert', t, task });
      else if (step.deed === 'accept') events.push({ type: 'accept', t, gear: step.gear });
      else if (step.deed === 'reset') events.push({ type: 'reset', t });
      else
        events.push({ type: 'incident', t, task, severity: step.severity, samplingRate: step.samplingRate });
    }
    return events;
  });

/** All that a replay knows, in a form that can be compared. */
export function standing({ state, records }: Replay): unknown {
  return { state: encodeEngine(state), records: Object.fromEntries(records) };
}

/** Replays events and returns the replay with what each of them was answered. */
export function replayAll(
  events: readonly TrustEvent[],
  config: EngineConfig,
  replay: Replay = createReplay(),
): { replay: Replay; results: StepResult[] } {
  return { replay, results: events.map((event) => replayEvent(replay, event, config)) };
}
