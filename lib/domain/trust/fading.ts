import { type Bar, LADDER } from './constants';
import type { EngineConfig } from './engine-config';
import type { EngineState } from './engine-state';
import { cleanNeededOn, expectedTasks, type Outlook, outlookOf } from './forecast';
import { fadedDays, fadingLoss, logEvidence, logThreshold, type Promotion } from './promotion';
import type { TaskRecord } from './trust-event';

/**
 * What a lane's evidence comes to while nothing else matures. The engine takes fading off when the next task matures; with this one
 * can say on any day before what will then be left. Plain JSON, kept with the lane, and the same whenever it is made.
 */
export type Fading = {
  /** Day on which the last task matured. */
  readonly lastMaturedAt: number;
  /** By how much ln E exceeds its threshold, for each bar of the ladder up to the proven one; never more than for a lower bar. */
  readonly margins: readonly number[];
  /** For the bar of the next gear; null in run. */
  readonly outlook: Outlook | null;
};

/** The part of a bar's summary that fading changes: ln E, finite, and what it must reach. */
type Standing = { readonly bar: Bar; readonly logE: number; readonly logThreshold: number };

/** What is left of a lane's evidence on a day without any news. */
export type FadedTrust = {
  /** Day on which the last task matured. */
  readonly idleSince: number;
  /** Days of fading, > 0: those beyond the first 30 idle ones. Evidence halves with every 30 of them. */
  readonly fadedDays: number;
  /** The highest bar that is still proven, every lower one with it; null when none is. */
  readonly proven: Bar | null;
  /** Towards the bar of the next gear; null in run. */
  readonly next: {
    readonly isProven: boolean;
    /** Clean reviews in a row, given from that day on, that would prove the bar after the pending tasks; null beyond 5000. */
    readonly cleanNeeded: number | null;
  } | null;
};

/** How the evidence of the present epoch fades; null while nothing is counted in it. `pending` are the epoch's waiting tasks. */
export function fadingOf(
  { promotion }: EngineState,
  next: Bar | null,
  pending: readonly TaskRecord[],
  config: EngineConfig,
): Fading | null {
  const { matured, lastMaturedAt } = promotion;
  if (matured === 0 || lastMaturedAt === null) return null;
  return {
    lastMaturedAt,
    margins: marginsOf(promotion, config.alpha),
    outlook: next === null ? null : outlookOf(promotion, next, pending, config.maturityDays),
  };
}

function marginsOf(promotion: Promotion, alpha: number): number[] {
  const threshold = logThreshold(promotion.epoch, alpha);
  const margins: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const bar of LADDER) {
    least = Math.min(least, logEvidence(promotion, bar) - threshold);
    if (least < 0) break;
    margins.push(least);
  }
  return margins;
}

/** The trust as of a day, when evidence has faded by then; null when it has not, and the summary stands as it is. */
export function fadedTrust(next: Standing | null, fading: Fading | null, day: number): FadedTrust | null {
  if (fading === null) return null;
  const { lastMaturedAt, margins, outlook } = fading;
  const days = fadedDays(lastMaturedAt, day);
  if (days === 0) return null;
  const loss = fadingLoss(days);
  return {
    idleSince: lastMaturedAt,
    fadedDays: days,
    proven: LADDER[margins.filter((margin) => margin >= loss).length - 1] ?? null,
    next: next &&
      outlook && {
        isProven: next.logE - loss >= next.logThreshold,
        cleanNeeded: cleanNeededOn(outlook, next.bar, next.logThreshold, day),
      },
  };
}

/** A bar with so many days of fading taken off: evidence E, whether it is still proven, and the rough forecast at the score. */
export function fadedBar({ bar, logE, logThreshold }: Standing, days: number, displayedScore: number | null) {
  const left = logE - fadingLoss(days);
  return {
    evidence: Math.exp(left),
    met: left >= logThreshold,
    expectedTasks: displayedScore === null ? null : expectedTasks(displayedScore, bar, left, logThreshold),
  };
}
