import type { Gear } from '../gear';
import { isAbove, nextGear } from '../gear';
import type { TrustSummary } from '../trust/trust-summary';
import { level, tasks } from './evidence-note';
import type { LaneRules } from './lane-rules';
import type { LaneState } from './lane-state';

export type LaneVerdict = 'promote' | 'hold' | 'tighten' | 'demote' | 'insufficient_evidence';

export type Explanation = {
  verdict: LaneVerdict;
  /** Sentences, the most important first. */
  reasons: string[];
  /** The one sentence that says what stops the next gear; empty when a decision waits or the top is reached. */
  blocker: string;
};

/** The verdict on a lane in words, as of its last entry. */
export function explainLane(state: LaneState, summary: TrustSummary, rules: LaneRules): Explanation {
  const { gear, next } = summary;
  if (state.recommendation) {
    return { verdict: 'promote', reasons: state.recommendation.reasons, blocker: '' };
  }
  if (summary.tight) return tightened(summary);
  const to = nextGear(gear);
  if (!to || !next) return { verdict: 'hold', reasons: [`This lane runs: the highest gear.`], blocker: '' };
  if (isAbove(to, rules.ceiling)) {
    const ceiling =
      rules.ceiling === 'crawl'
        ? 'This kind of work always stays in crawl.'
        : `Policy never lets this kind of work pass ${rules.ceiling}.`;
    return { verdict: 'hold', reasons: [ceiling], blocker: ceiling };
  }
  const blocker = blockerTo(to, summary, state);
  const reasons = [blocker, ...standing(summary)];
  const isEmpty = summary.maturedInEpoch === 0;
  return { verdict: isEmpty ? 'insufficient_evidence' : 'hold', reasons, blocker };
}

function tightened(summary: TrustSummary): Explanation {
  const left = summary.cleanRunLeft ?? 0;
  const blocker = `Quality fell below the proven ${level(summary.reference ?? 0)}: ${left} more clean ${left === 1 ? 'review' : 'reviews'} in a row to clear.`;
  return { verdict: 'tighten', reasons: [blocker, ...standing(summary)], blocker };
}

function blockerTo(to: Gear, summary: TrustSummary, state: LaneState): string {
  const { next, tasksLeftInGear, openIncidents, pending } = summary;
  if (openIncidents > 0) return `An incident on a task that still matures must clear before ${to}.`;
  if (next?.isProven && tasksLeftInGear > 0) {
    return `Proven for ${to}; ${tasksLeftInGear} more must mature in ${summary.gear} first.`;
  }
  if (next?.isProven && state.declined?.to === to) {
    const left = Math.max(0, state.declined.untilMatured - state.engine.matured);
    return `Declined; comes back after ${left} more matured ${left === 1 ? 'task' : 'tasks'}.`;
  }
  const clean = next?.cleanNeededAfterPending ?? null;
  if (clean === null) return `Far from ${to}: recent work lost too many points.`;
  const maturing = pending > 0 ? ` after the ${pending} maturing` : '';
  if (clean === 0 && pending > 0)
    return `${tasks(pending)} still ${pending === 1 ? 'matures' : 'mature'}; then ready for ${to}.`;
  return `${clean} more clean ${clean === 1 ? 'review' : 'reviews'}${maturing} to ${to}.`;
}

function standing(summary: TrustSummary): string[] {
  const { maturedInEpoch, notCleanInEpoch, proven, epoch } = summary;
  const counted = `${tasks(maturedInEpoch)} counted${epoch > 1 ? ` since qualification began anew (epoch ${epoch})` : ''}, ${notCleanInEpoch} not clean.`;
  return proven === null ? [counted] : [`Proven at least ${level(proven)}.`, counted];
}
