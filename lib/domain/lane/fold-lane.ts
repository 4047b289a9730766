import { firstPending } from '../trust/pending';
import { provenBar } from '../trust/promotion';
import { advance } from './advance';
import type { LaneEntry } from './lane-entry';
import type { LaneLog } from './lane-log';
import type { LaneRules } from './lane-rules';
import type { LaneState } from './lane-state';
import { type LaneWeek, SPARK_WEEKS, weekOf } from './lane-week';
import { takeIn } from './take-in';

const DAY_MS = 86_400_000;

/** A snapshot every so many entries: the most that late evidence makes a replay repeat beyond itself. */
const ENTRIES_PER_SNAPSHOT = 250;

/**
 * Advances a lane over `entries`, which are in lane order and not before `state.at`, and then to `until`
 * (milliseconds since 1970). Changes `state` in place and writes what happened to `log`.
 *
 * Laws: folding all at once equals folding in pieces; stopping in between, at any time, changes nothing
 * later; each verdict is drawn at the very time its cause happened, so the result does not depend on when
 * anybody looked.
 */
export function foldLane(
  state: LaneState,
  entries: readonly LaneEntry[],
  until: number,
  rules: LaneRules,
  log: LaneLog,
): void {
  for (const entry of entries) {
    matureUntil(state, entry.at, rules, log);
    offerSnapshot(state, entry.at, log);
    enterWeek(state, entry.at, log);
    takeIn(state, entry, rules, log);
    state.entries += 1;
    state.at = entry.at;
  }
  matureUntil(state, until, rules, log);
}

/** A snapshot stands between two instants, never inside one, and at the same places however the lane was fed. */
function offerSnapshot(state: LaneState, nextAt: number, log: LaneLog): void {
  if (state.entries - state.entriesAtSnapshot < ENTRIES_PER_SNAPSHOT) return;
  if (state.at === null || state.at >= nextAt) return;
  state.entriesAtSnapshot = state.entries;
  log.snapshot(state, state.at);
}

/** Time of the next maturity in ms; null when nothing matures. */
export function nextMaturityAt(state: LaneState, rules: LaneRules): number | null {
  const next = firstPending(state.engine.pending);
  return next ? Math.round((next.reviewedAt + rules.engine.maturityDays) * DAY_MS) : null;
}

/** The week being filled, with its level and gear as they stand. */
export function currentWeek(state: LaneState): LaneWeek | null {
  const { week, engine, sums } = state;
  return (
    week && {
      ...week,
      scores: sums.scores,
      weight: sums.weight,
      proven: provenBar(engine.promotion),
      gear: engine.gear,
    }
  );
}

function matureUntil(state: LaneState, until: number, rules: LaneRules, log: LaneLog): void {
  for (let at = nextMaturityAt(state, rules); at !== null && at <= until; at = nextMaturityAt(state, rules)) {
    enterWeek(state, at, log);
    advance(state, { type: 'tick', t: maturesOn(state, rules) }, { at, rank: -1, key: '' }, rules, log, null);
    state.at = at;
  }
}

/** The same instant in the engine's own arithmetic, so that a rounding of the last bit leaves no task behind. */
function maturesOn(state: LaneState, rules: LaneRules): number {
  const next = firstPending(state.engine.pending);
  return Math.max(state.engine.lastT ?? 0, (next?.reviewedAt ?? 0) + rules.engine.maturityDays);
}

/** Closes the week that has passed and begins the one that `at` lies in. */
function enterWeek(state: LaneState, at: number, log: LaneLog): void {
  const week = weekOf(at);
  if (state.week?.week === week) return;
  const finished = currentWeek(state);
  if (finished) {
    log.week(finished);
    if (finished.weight > 0) {
      state.recent = [
        ...state.recent,
        { week: finished.week, mean: finished.scores / finished.weight },
      ].slice(-SPARK_WEEKS);
    }
  }
  state.week = {
    week,
    decided: 0,
    reviewed: 0,
    merged: 0,
    hasty: 0,
    scores: 0,
    weight: 0,
    proven: null,
    gear: state.engine.gear,
  };
}
