import type { Gear } from '../gear';
import type { Bar } from './constants';
import { cloneDetector, createDetector, type Detector } from './detector';
import type { EngineConfig } from './engine-config';
import { cloneFreshness, createFreshness, currentUntil, type Freshness } from './freshness';
import { cloneQueue, createQueue, type PendingQueue } from './pending';
import { clonePromotion, createPromotion, type Promotion, provenBar } from './promotion';

/** What is watched above crawl. */
export type Watch = {
  /** Watches the gear's bar; its alarm demotes. */
  readonly bar: Detector;
  /** Watches the level the lane had proven; its alarm tightens. */
  readonly drift: Detector;
  /** The level the drift detector holds the lane to: the gear's bar or, if higher, the highest level proven since entry. */
  reference: Bar;
};

/**
 * All the engine knows of a lane: the same size after ten tasks as after a million, but for the tasks still pending.
 * `step` changes it in place, for speed; whoever wants to try something out, or to keep the past, takes `cloneEngine` first.
 */
export type EngineState = {
  gear: Gear;
  readonly promotion: Promotion;
  /** Null in crawl. */
  watch: Watch | null;
  tight: boolean;
  /** Reviews in a row without loss, since the last loss, gear entry or tightening. */
  cleanRun: number;
  /** Tasks of the epoch matured since the gear was entered. */
  inGear: number;
  readonly pending: PendingQueue;
  /** Pending tasks of the epoch that carry extra zero observations; while there are any, nothing is promoted. */
  openIncidents: number;
  /** Day of the last event; null before the first. */
  lastT: number | null;
  /** Tasks matured in all. */
  matured: number;
  /** Tasks counted in the epoch whose score is below 1. */
  notClean: number;
  readonly freshness: Freshness;
};

/** A lane without history, in crawl. */
export function createEngine(): EngineState {
  return {
    gear: 'crawl',
    promotion: createPromotion(),
    watch: null,
    tight: false,
    cleanRun: 0,
    inGear: 0,
    pending: createQueue(),
    openIncidents: 0,
    lastT: null,
    matured: 0,
    notClean: 0,
    freshness: createFreshness(),
  };
}

/** An independent copy: about 120 numbers, and one reference per pending task. */
export function cloneEngine(state: EngineState): EngineState {
  return {
    ...state,
    promotion: clonePromotion(state.promotion),
    watch: state.watch && {
      ...state.watch,
      bar: cloneDetector(state.watch.bar),
      drift: cloneDetector(state.watch.drift),
    },
    pending: cloneQueue(state.pending),
    freshness: cloneFreshness(state.freshness),
  };
}

/**
 * Puts the lane into a gear: counts within the gear start over, a tightening ends, and above crawl both detectors start empty.
 * A bar that is moved later takes hold of the detectors at the next entry.
 */
export function enterGear(state: EngineState, gear: Gear, config: EngineConfig): void {
  state.gear = gear;
  state.tight = false;
  state.cleanRun = 0;
  state.inGear = 0;
  state.watch = null;
  if (gear === 'crawl') {
    state.freshness.cleanOwed = null;
    return;
  }
  const bar = config.bars[gear];
  const proven = provenBar(state.promotion, config.alpha);
  const reference = proven !== null && proven > bar ? proven : bar;
  state.watch = { bar: createDetector(1 - bar), drift: createDetector(1 - reference), reference };
}

/**
 * The last day (fractions allowed) on which the lane's gear is current if nothing else matures, -Infinity when it is not; null in
 * crawl, where nothing can go stale.
 */
export function staleAfter({ gear, freshness }: EngineState): number | null {
  return gear === 'crawl' ? null : currentUntil(freshness);
}

/** Whether the lane's gear rests on evidence too old to be current, as of day t; the next lower gear's review level then applies. */
export function isStale(state: EngineState, t: number): boolean {
  const last = staleAfter(state);
  return last !== null && t > last;
}
