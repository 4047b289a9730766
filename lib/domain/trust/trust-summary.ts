import { type Gear, nextGear } from '../gear';
import type { Bar } from './constants';
import { type Detector, failuresToAlarm, logLossEvidence } from './detector';
import type { EarnedGear, EngineConfig } from './engine-config';
import type { EngineState } from './engine-state';
import { type Fading, fadingOf } from './fading';
import { cleanNeeded, cleanNeededAfterPending, expectedTasks } from './forecast';
import { pendingRecords } from './pending';
import { logEvidence, logThreshold, provenBar } from './promotion';
import type { TaskRecord } from './trust-event';

/** Where a lane stands towards the bar of one gear. */
export type BarSummary = {
  readonly gear: EarnedGear;
  readonly bar: Bar;
  /** ln E and its threshold; proven when logE >= logThreshold. -Infinity without any task. */
  readonly logE: number;
  readonly logThreshold: number;
  /** The same as plain numbers, "evidence 14 of 25 needed": E and 1 / (alpha w(epoch)). */
  readonly evidence: number;
  readonly evidenceNeeded: number;
  readonly isProven: boolean;
  /** Clean tasks in a row that would prove the bar, counting only what has matured; null beyond 5000. */
  readonly cleanNeeded: number | null;
  /** The same once the pending tasks have matured as they stand now. */
  readonly cleanNeededAfterPending: number | null;
  /** About how many tasks at the rate of the displayed score; null when that is not above the bar, or not known. */
  readonly expectedTasks: number | null;
};

/** Where a detector stands. */
export type DetectorSummary = {
  /** Mean loss per review that is still good. */
  readonly tolerated: number;
  /** ln R; the alarm is at logR >= logThreshold = ln A. */
  readonly logR: number;
  readonly logThreshold: number;
  /** Rejections in a row that would raise the alarm; 0 when raised. */
  readonly failuresToAlarm: number | null;
};

/** All the numbers that explain a lane's verdict. */
export type TrustSummary = {
  readonly gear: Gear;
  readonly epoch: number;
  /** The highest bar proven now, every lower one with it; null when none. */
  readonly proven: Bar | null;
  /** Tasks counted as evidence in this epoch, and how many of them score below 1. */
  readonly maturedInEpoch: number;
  readonly notCleanInEpoch: number;
  /** Tasks of this epoch that still mature. */
  readonly pending: number;
  /** How many of them carry an open incident of SEV3 or worse; while any does, nothing is promoted. */
  readonly openIncidents: number;
  /** Tasks that must still mature in this gear before the next can be recommended. */
  readonly tasksLeftInGear: number;
  readonly tight: boolean;
  /** Clean reviews in a row that would end the tightening; null when there is none. */
  readonly cleanRunLeft: number | null;
  /** The level the drift detector holds the lane to; null in crawl. */
  readonly reference: Bar | null;
  readonly barDetector: DetectorSummary | null;
  readonly driftDetector: DetectorSummary | null;
  /** Every gear that has a bar, from walk to run. */
  readonly bars: readonly BarSummary[];
  /** The bar of the next gear; null in run. */
  readonly next: BarSummary | null;
  /**
   * Clean reviews in a row until the next gear can be recommended, once the pending tasks have matured as they stand now: what the bar
   * still needs, or what must mature in this gear, whichever is more. Null beyond 5000, and in run.
   */
  readonly cleanToNext: number | null;
  /** What the evidence comes to on later days, if nothing else matures; null while nothing is counted. */
  readonly fading: Fading | null;
};

function summarizeBar(
  state: EngineState,
  gear: EarnedGear,
  pending: readonly TaskRecord[],
  config: EngineConfig,
  displayedScore: number | null,
): BarSummary {
  const { promotion } = state;
  const bar = config.bars[gear];
  const logE = logEvidence(promotion, bar);
  const threshold = logThreshold(promotion.epoch, config.alpha);
  return {
    gear,
    bar,
    logE,
    logThreshold: threshold,
    evidence: Math.exp(logE),
    evidenceNeeded: Math.exp(threshold),
    isProven: logE >= threshold,
    cleanNeeded: cleanNeeded(promotion, bar, config.alpha),
    cleanNeededAfterPending: cleanNeededAfterPending(promotion, bar, pending, config.alpha),
    expectedTasks: displayedScore === null ? null : expectedTasks(displayedScore, bar, logE, threshold),
  };
}

function summarizeDetector(detector: Detector, threshold: number): DetectorSummary {
  return {
    tolerated: detector.tolerated,
    logR: logLossEvidence(detector),
    logThreshold: Math.log(threshold),
    failuresToAlarm: failuresToAlarm(detector, threshold),
  };
}

/** Of clean reviews that the evidence asks for, at least as many as must still mature in the gear beside the pending ones. */
export function atLeastInGear(clean: number | null, tasksLeftInGear: number, pending: number): number | null {
  return clean === null ? null : Math.max(clean, tasksLeftInGear - pending);
}

/**
 * The numbers behind a lane's verdict, as of its last event; the state is only read. `displayedScore` in [0,1] is the pooled
 * score, used for nothing but the rough forecast. Costs up to a few milliseconds: for a page, not for every event.
 */
export function summarize(
  state: EngineState,
  config: EngineConfig,
  displayedScore: number | null,
): TrustSummary {
  const { gear, promotion, watch, tight } = state;
  const pending = pendingRecords(state.pending).filter(({ epoch }) => epoch === promotion.epoch);
  const bars = (['walk', 'run'] as const).map((earned) =>
    summarizeBar(state, earned, pending, config, displayedScore),
  );
  const next = bars.find((bar) => bar.gear === nextGear(gear)) ?? null;
  const tasksLeftInGear = gear === 'crawl' ? 0 : Math.max(0, config.minInGear - state.inGear);
  return {
    gear,
    epoch: promotion.epoch,
    proven: provenBar(promotion, config.alpha),
    maturedInEpoch: promotion.matured,
    notCleanInEpoch: state.notClean,
    pending: pending.length,
    openIncidents: state.openIncidents,
    tasksLeftInGear,
    tight,
    cleanRunLeft: tight ? config.tightenClear - state.cleanRun : null,
    reference: watch?.reference ?? null,
    barDetector: watch && summarizeDetector(watch.bar, config.aDemote),
    driftDetector: watch && summarizeDetector(watch.drift, config.aDrift),
    bars,
    next,
    cleanToNext: atLeastInGear(next?.cleanNeededAfterPending ?? null, tasksLeftInGear, pending.length),
    fading: fadingOf(state, next?.bar ?? null, pending, config),
  };
}
