/**
 * Betting fractions u: the share of a stake put at risk on one task (0 < u <= 1).
 * Ten of them are kept side by side, because the best one depends on how good the lane is, which nobody knows beforehand.
 */
export const BET_FRACTIONS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/**
 * The bars that evidence is kept for: mean scores in [0,1], ascending.
 * A configured bar must be one of them; it may move within the ladder at any time, even after the data were seen.
 */
export const LADDER = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99] as const;

/** A bar of the ladder: a mean score in [0,1]. */
export type Bar = (typeof LADDER)[number];

/** Whether a number is a member of the ladder, and so may be configured as a bar. */
export function isBar(value: number): value is Bar {
  return LADDER.some((bar) => bar === value);
}

/** Chance, over a lane's whole life, of ever recommending a gear it is not ready for: at most 5 %. */
export const ALPHA = 0.05;

/** Matured tasks from one fresh stake to the next. Fresh stakes let a lane that has improved leave its past behind. */
export const BLOCK = 20;

/** Loss fractions v of the e-detectors, mixed with equal weight (0 < v < 1). */
export const LOSS_FRACTIONS = [0.02, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6] as const;

/** Days without a matured task after which evidence begins to fade. */
export const IDLE_GRACE_DAYS = 30;

/** Days in which idle evidence halves, once the grace is over. */
export const IDLE_HALF_LIFE_DAYS = 30;

/** Days in which an outcome's weight in the displayed score halves. */
export const SCORE_HALF_LIFE_DAYS = 60;

/** Days back that count as current. */
export const STALE_DAYS = 90;

/** Matured tasks that a lane above crawl needs within STALE_DAYS to be current. */
export const STALE_MIN_TASKS = 5;
