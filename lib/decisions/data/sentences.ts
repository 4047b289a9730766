import type { Gear } from '@/lib/domain/gear';
import type { Policy } from '@/lib/domain/policy';

/** What could go wrong, in sentences. */
export function risksOf(to: Gear, policy: Policy): string[] {
  const unseen =
    to === 'run'
      ? `Only ${Math.round(policy.sampleShareInRun * 100)} % of changes are reviewed, after they are merged: a mistake may live longer.`
      : 'Changes grow larger, so a mistake may be harder to spot in review.';
  return [
    unseen,
    'A lane that was ready and silently gets worse may be promoted on its older evidence; the detectors watch for that from now on.',
    'Governance and context are not set up yet: only trust was checked, and nothing but your own rules holds agents to these limits.',
  ];
}

/** What would take the gear back, in sentences. */
export function undoOf(to: Gear, policy: Policy): string[] {
  return [
    'A SEV1 on any task of this lane drops it to crawl at once; a SEV2 takes one gear.',
    `If quality falls below ${to}'s bar, it is taken back; while it stays above, that happens by mistake on average no sooner than after ${policy.aDemote} reviewed tasks.`,
  ];
}
