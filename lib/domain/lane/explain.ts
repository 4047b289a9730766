import type { Gear } from '../gear';
import { isAbove, nextGear } from '../gear';
import { plural } from '../plural';
import type { FadedTrust } from '../trust/fading';
import type { TrustSummary } from '../trust/trust-summary';
import { explainRecommendation } from './evidence-note';
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

/** What the blocker of a lane is about: what its row holds, so that a map of lanes can say it without their states. */
export type BlockerFacts = Pick<
  TrustSummary,
  | 'gear'
  | 'tight'
  | 'cleanRunLeft'
  | 'reference'
  | 'openIncidents'
  | 'pending'
  | 'tasksLeftInGear'
  | 'cleanToNext'
> & {
  ceiling: Gear;
  hasRecommendation: boolean;
  isProven: boolean;
  /** Tasks that must mature before the next gear is recommended again, after it was declined; null when it was not. */
  declinedLeft: number | null;
};

/** How many more tasks must mature in all until the next gear, once declined, is recommended again; null when it was not declined. */
export function declinedLeft(gear: Gear, declined: LaneState['declined'], matured: number): number | null {
  if (declined === null || declined.to !== nextGear(gear)) return null;
  return Math.max(0, declined.untilMatured - matured);
}

function factsOf(state: LaneState, summary: TrustSummary, { ceiling }: LaneRules): BlockerFacts {
  const { declined, engine } = state;
  return {
    ...summary,
    ceiling,
    hasRecommendation: state.recommendation !== null,
    isProven: summary.next?.isProven ?? false,
    declinedLeft: declinedLeft(summary.gear, declined, engine.matured),
  };
}

/** The verdict on a lane in words: as of its last entry or, with what has faded since, as of the day on which it is read. */
export function explainLane(
  state: LaneState,
  summary: TrustSummary,
  rules: LaneRules,
  faded: FadedTrust | null = null,
): Explanation {
  const { recommendation } = state;
  const facts = factsOf(state, summary, rules);
  const plain = blockerNow(facts);
  if (recommendation)
    return {
      verdict: 'promote',
      reasons: explainRecommendation(recommendation.evidence, recommendation.to),
      blocker: plain,
    };
  const to = nextGear(summary.gear);
  if (summary.tight)
    return { verdict: 'tighten', reasons: [plain, ...standing(summary, faded)], blocker: plain };
  if (!to || !summary.next)
    return { verdict: 'hold', reasons: [`This lane runs: the highest gear.`], blocker: plain };
  if (isAbove(to, rules.ceiling)) return { verdict: 'hold', reasons: [plain], blocker: plain };
  const { openIncidents, pending, tasksLeftInGear, next } = summary;
  const cleanNeeded = next.cleanNeededAfterPending;
  const held = { blocker: plain, to, pending, tasksLeftInGear, openIncidents, cleanNeeded };
  const blocker = blockerOn(held, faded);
  const isEmpty = summary.maturedInEpoch === 0;
  return {
    verdict: isEmpty ? 'insufficient_evidence' : 'hold',
    reasons: [blocker, ...standing(summary, faded)],
    blocker,
  };
}

/** The one sentence that says what stops the next gear, as of the lane's last entry; empty where nothing does. */
export function blockerNow(facts: BlockerFacts): string {
  const { gear, ceiling, hasRecommendation, tight, openIncidents, pending, tasksLeftInGear } = facts;
  if (hasRecommendation) return '';
  if (tight)
    return `Quality fell below the proven ${level(facts.reference ?? 0)}: ${plural(facts.cleanRunLeft ?? 0, 'more clean review')} in a row to clear.`;
  const to = nextGear(gear);
  if (!to) return '';
  if (isAbove(to, ceiling))
    return ceiling === 'crawl'
      ? 'This kind of work always stays in crawl.'
      : `Policy never lets this kind of work pass ${ceiling}.`;
  if (openIncidents > 0) return `An incident on a task that still matures must clear before ${to}.`;
  if (facts.isProven && tasksLeftInGear > 0)
    return `Proven for ${to}; ${tasksLeftInGear} more must mature in ${gear} first.`;
  if (facts.isProven && facts.declinedLeft !== null)
    return `Declined; comes back after ${plural(facts.declinedLeft, 'more matured task')}.`;
  const clean = facts.cleanToNext;
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
