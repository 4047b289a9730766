import type { Severity } from '../event';

/** Score x in [0,1] of a reviewed task by outcome. Configuration, but fixed within an epoch. The review loss is 1 - x. */
export const OUTCOME_SCORES = {
  approved_unchanged: 1,
  approved_with_edits: 0.7,
  changes_requested: 0.3,
  rejected: 0,
} as const;

/**
 * What bad news costs a task, besides setting its score to 0.
 * `extra`: further zero observations in the promotion evidence (a whole number >= 0).
 * `loss`: the loss charged to the demotion detectors (>= 0, no upper bound; a rejected review is 1).
 */
export type Charge = { readonly extra: number; readonly loss: number };

/** The charge of a reverted change: as bad as a rejection, found later. */
export const REVERT_CHARGE: Charge = { extra: 0, loss: 1 };

/**
 * The charge of an incident by severity. Beyond the charge, above crawl, SEV2 takes one gear and SEV1 all gears at once.
 * Several incidents on one task: the largest extra and the largest loss count, they do not add up.
 */
export const SEVERITY_CHARGES = {
  SEV1: { extra: 9, loss: 10 },
  SEV2: { extra: 4, loss: 5 },
  SEV3: { extra: 1, loss: 2 },
  SEV4: { extra: 0, loss: 1 },
} as const satisfies Record<Severity, Charge>;

/** Whether a text names a severity. */
export function isSeverity(value: string): value is Severity {
  return Object.hasOwn(SEVERITY_CHARGES, value);
}
