import { type Gear, lowerGear, nextGear } from '../gear';
import { amend, refuseUnknownTask } from './bad-news';
import { clearDetector, isAlarmed, stepDetector } from './detector';
import type { EngineConfig } from './engine-config';
import { type EngineState, enterGear } from './engine-state';
import { matureDue, startEpoch } from './maturation';
import { isProven } from './promotion';
import { checkEvent, type TaskRecord, type TrustEvent } from './trust-event';

/**
 * What the evidence says after an event. A demotion and a tightening have taken effect already, on the safe side. A promotion
 * is a recommendation: it waits for an `accept`, and is withdrawn when the next verdict is another.
 */
export type Verdict =
  | { readonly kind: 'promote'; readonly to: Gear }
  | { readonly kind: 'demote'; readonly to: Gear }
  | { readonly kind: 'tighten' }
  | { readonly kind: 'hold' };

/** What brought a demotion or a tightening about. */
export type Cause = 'SEV1' | 'SEV2' | 'bar alarm' | 'drift alarm';

/** The answer to one event. */
export type StepResult = {
  readonly verdict: Verdict;
  readonly cause?: Cause;
  /** Records as they now stand, of tasks that matured or that bad news changed; to be kept by the caller. */
  readonly changed: readonly TaskRecord[];
};

type HardRule = 'SEV1' | 'SEV2';

const HOLD: Verdict = { kind: 'hold' };
const TIGHTEN: Verdict = { kind: 'tighten' };

function review(state: EngineState, event: TrustEvent & { type: 'review' }, config: EngineConfig): void {
  const { t, task, x, loss = 1 - x } = event;
  const { epoch } = state.promotion;
  state.pending.records.push({ task, reviewedAt: t, x, extra: 0, loss, epoch, matured: false });
  if (!state.watch) return;
  stepDetector(state.watch.bar, loss);
  stepDetector(state.watch.drift, loss);
  state.cleanRun = loss === 0 ? state.cleanRun + 1 : 0;
  if (!state.tight || state.cleanRun < config.tightenClear) return;
  state.tight = false;
  state.cleanRun = 0;
  clearDetector(state.watch.drift);
}

/** A grave incident above crawl moves the gear by itself, whatever the detectors say. */
function hardRuleOf(state: EngineState, event: TrustEvent): HardRule | null {
  return state.watch && event.type === 'incident' && (event.severity === 'SEV1' || event.severity === 'SEV2')
    ? event.severity
    : null;
}

function demote(state: EngineState, to: Gear, config: EngineConfig): Verdict {
  startEpoch(state);
  enterGear(state, to, config);
  return { kind: 'demote', to };
}

/** The next gear, when it is earned: nothing grave is open, enough has matured in this gear, and the next bar is proven. */
function recommend(state: EngineState, config: EngineConfig): Verdict {
  const next = nextGear(state.gear);
  if (next === null || next === 'crawl' || state.openIncidents > 0) return HOLD;
  if (state.watch && state.inGear < config.minInGear) return HOLD;
  return isProven(state.promotion, config.bars[next], config.alpha) ? { kind: 'promote', to: next } : HOLD;
}

function decide(
  state: EngineState,
  hardRule: HardRule | null,
  config: EngineConfig,
): Omit<StepResult, 'changed'> {
  const { gear, watch } = state;
  if (hardRule) {
    const to = hardRule === 'SEV1' ? 'crawl' : lowerGear(gear);
    return { verdict: demote(state, to, config), cause: hardRule };
  }
  if (watch && isAlarmed(watch.bar, config.aDemote)) {
    return { verdict: demote(state, lowerGear(gear), config), cause: 'bar alarm' };
  }
  if (watch && !state.tight && isAlarmed(watch.drift, config.aDrift)) {
    state.tight = true;
    state.cleanRun = 0;
  }
  return state.tight ? { verdict: TIGHTEN, cause: 'drift alarm' } : { verdict: recommend(state, config) };
}

/**
 * Takes one event into the lane and says what the evidence now says. In this order: tasks whose time has come mature, the
 * event itself is taken in, the verdict is drawn; a grave incident goes before an alarm, an alarm before all else.
 *
 * Changes `state` in place. Events must come in order of time; one that is late in arriving calls for a replay from a snapshot
 * taken before it. An event that cannot be is refused with a TrustInputError, and the state is as before.
 */
export function step(state: EngineState, event: TrustEvent, config: EngineConfig): StepResult {
  checkEvent(event, state.lastT);
  if (event.type === 'revert' || event.type === 'incident') refuseUnknownTask(state, event);

  state.lastT = event.t;
  let changed = matureDue(state, event.t, config);
  const hardRule = hardRuleOf(state, event);
  switch (event.type) {
    case 'review':
      review(state, event, config);
      break;
    case 'revert':
    case 'incident': {
      const amended = amend(state, event, changed);
      changed = [...changed.filter(({ task }) => task !== amended.task), amended];
      break;
    }
    case 'accept':
      enterGear(state, event.gear, config);
      break;
    case 'reset':
      startEpoch(state);
      break;
    case 'tick':
      break;
    default:
      event satisfies never;
  }
  return { ...decide(state, hardRule, config), changed };
}
