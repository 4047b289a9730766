import type { Gear } from '../gear';
import { isAbove, nextGear } from '../gear';
import { plural } from '../plural';
import type { FadedTrust } from '../trust/fading';
import type { TrustSummary } from '../trust/trust-summary';
import { blockerOn, cleanTo, matures } from './explain-faded';
import type { LaneRules } from './lane-rules';
import type { LaneState } from './lane-state';
import { level, tasks } from './words';

export type LaneVerdict = 'promote' | 'hold' | 'tighten' | 'demote' | 'insufficient_evidence';

export type Explanation = {
  verdict: LaneVerdict;
  /** Sentences, the most important first. */
  reasons: string[];
  /** The one sentence that says what stops the next gear; empty when a decision waits or the top is reached. */
  blocker: string;
};

/** The verdict on a lane in words: as of its last entry or, with what has faded since, as of the day on which it is read. */
export function explainLane(
  state: LaneState,
  summary: TrustSummary,
  rules: LaneRules,
  faded: FadedTrust | null = null,
): Explanation {
  const { gear, next } = summary;
  if (state.recommendation) {
    return { verdict: 'promote', reasons: state.recommendation.reasons, blocker: '' };
  }
  if (summary.tight) return tightened(summary, faded);
  const to = nextGear(gear);
  if (!to || !next) return { verdict: 'hold', reasons: [`This lane runs: the highest gear.`], blocker: '' };
  if (isAbove(to, rules.ceiling)) {
    const ceiling =
      rules.ceiling === 'crawl'
        ? 'This kind of work always stays in crawl.'
        : `Policy never lets this kind of work pass ${rules.ceiling}.`;
    return { verdict: 'hold', reasons: [ceiling], blocker: ceiling };
  }
  const { openIncidents, pending, tasksLeftInGear } = summary;
  const blocker = blockerOn(
    {
      blocker: blockerTo(to, summary, state),
      to,
      pending,
      tasksLeftInGear,
      openIncidents,
      cleanNeeded: next.cleanNeededAfterPending,
    },
    faded,
  );
  const reasons = [blocker, ...standing(summary, faded)];
  const isEmpty = summary.maturedInEpoch === 0;
  return { verdict: isEmpty ? 'insufficient_evidence' : 'hold', reasons, blocker };
}

function tightened(summary: TrustSummary, faded: FadedTrust | null): Explanation {
  const left = summary.cleanRunLeft ?? 0;
  const blocker = `Quality fell below the proven ${level(summary.reference ?? 0)}: ${plural(left, 'more clean review')} in a row to clear.`;
  return { verdict: 'tighten', reasons: [blocker, ...standing(summary, faded)], blocker };
}

function blockerTo(to: Gear, summary: TrustSummary, state: LaneState): string {
  const { next, tasksLeftInGear, openIncidents, pending } = summary;
  if (openIncidents > 0) return `An incident on a task that still matures must clear before ${to}.`;
  if (next?.isProven && tasksLeftInGear > 0) {
    return `Proven for ${to}; ${tasksLeftInGear} more must mature in ${summary.gear} first.`;
  }
  if (next?.isProven && state.declined?.to === to) {
    const left = Math.max(0, state.declined.untilMatured - state.engine.matured);
    return `Declined; comes back after ${plural(left, 'more matured task')}.`;
  }
  const clean = summary.cleanToNext;
  return clean === 0 && pending > 0
    ? `${matures(pending)}; then ready for ${to}.`
    : cleanTo(to, clean, pending);
}

function standing(summary: TrustSummary, faded: FadedTrust | null): string[] {
  const { maturedInEpoch, notCleanInEpoch, epoch } = summary;
  const proven = faded ? faded.proven : summary.proven;
  const counted = `${tasks(maturedInEpoch)} counted${epoch > 1 ? ` since qualification began anew (epoch ${epoch})` : ''}, ${notCleanInEpoch} not clean.`;
  if (proven !== null) return [`Proven at least ${level(proven)}.`, counted];
  return summary.proven === null ? [counted] : ['Nothing is proven any more.', counted];
}
