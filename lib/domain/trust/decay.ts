import { SCORE_HALF_LIFE_DAYS } from './constants';
import { checkScore, trustInputError } from './trust-error';

/**
 * What the displayed score of a lane is made of: sums in which an outcome's weight halves every 60 days.
 * `scores`: decayed sum of scores; `weight`: decayed number of outcomes (0 <= scores <= weight); `at`: day they stand for.
 * Two numbers and a time are the whole memory. Never used for promotion.
 */
export type DecayedSums = { readonly scores: number; readonly weight: number; readonly at: number | null };

/** The sums of a lane without outcomes. */
export const NO_OUTCOMES: DecayedSums = { scores: 0, weight: 0, at: null };

function weightAfter(days: number): number {
  return 2 ** (-days / SCORE_HALF_LIFE_DAYS);
}

/** The sums as they stand at a later day. Their ratio does not change, only how much they weigh. */
export function decayTo(sums: DecayedSums, t: number): DecayedSums {
  if (!Number.isFinite(t)) throw trustInputError('bad_time', `t must be a finite number of days, not ${t}`);
  if (sums.at === null) return { ...sums, at: t };
  if (t < sums.at)
    throw trustInputError('time_went_back', `t ${t} lies before the last outcome at ${sums.at}`);
  const kept = weightAfter(t - sums.at);
  return { scores: sums.scores * kept, weight: sums.weight * kept, at: t };
}

/** A reviewed task of score x in [0,1] at day t. It counts at once, without waiting for maturity. */
export function addOutcome(sums: DecayedSums, t: number, x: number): DecayedSums {
  checkScore(x);
  const now = decayTo(sums, t);
  return { ...now, scores: now.scores + x, weight: now.weight + 1 };
}

/** A task reviewed at day `reviewedAt` turns out, at day t, to score xNew instead of xOld. Equals having known it all along. */
export function reviseOutcome(
  sums: DecayedSums,
  t: number,
  reviewedAt: number,
  xOld: number,
  xNew: number,
): DecayedSums {
  checkScore(xOld);
  checkScore(xNew);
  const now = decayTo(sums, t);
  return { ...now, scores: now.scores + (xNew - xOld) * weightAfter(t - reviewedAt) };
}
