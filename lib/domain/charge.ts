import type { Severity } from './event';
import { type IncidentLinkFact, UNSAID_SEVERITY } from './incident';
import { type Observation, observe } from './outcome';
import type { FoldedTask } from './task';

/** Bad news about a decided task that came later. */
export type Charge = {
  /** `revert`, or the incident's ref: one charge each. */
  readonly key: string;
  readonly kind: 'revert' | 'incident';
  /** When it became known, in ms; never before the task's observation. */
  readonly at: number;
  /** Null for a revert. */
  readonly severity: Severity | null;
};

const REVERT_KEY = 'revert';

function isCharged(link: IncidentLinkFact): boolean {
  return link.status === 'confirmed' && link.cause !== 'unrelated';
}

/**
 * The charges of a task, oldest first: its revert, if it was merged, and each incident whose link a human confirmed and whose
 * cause is not `unrelated`. None for a task that yields no observation: undecided, or not an agent's work.
 */
export function chargesOf(
  task: FoldedTask,
  links: readonly IncidentLinkFact[],
  observation: Observation | null = observe(task),
): Charge[] {
  if (observation === null) return [];
  const notBefore = (at: number) => Math.max(at, observation.at);
  const charges = new Map<string, Charge>();
  if (task.revertedAt !== null && observation.merged) {
    const at = notBefore(task.revertedAt);
    charges.set(REVERT_KEY, { key: REVERT_KEY, kind: 'revert', at, severity: null });
  }
  for (const { incidentRef, linkedAt, severity } of links.filter(isCharged)) {
    // An incident may happen to be called like the key of reverts.
    const key = incidentRef === REVERT_KEY ? `incident:${incidentRef}` : incidentRef;
    charges.set(key, {
      key,
      kind: 'incident',
      at: notBefore(linkedAt),
      severity: severity ?? UNSAID_SEVERITY,
    });
  }
  return [...charges.values()].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

/**
 * What a task is worth in the end, in [0,1] or null for no evidence: 0 once anything is charged to it, also when nobody had
 * reviewed it; otherwise the score of its observation.
 */
export function worthOf(observation: Observation, charges: readonly Charge[]): number | null {
  return charges.length > 0 ? 0 : observation.score;
}
