import type { Tone } from '@/components/ui/chip';
import type { VerdictKind } from '@/lib/lanes/types';

export const verdictWord = {
  promote: 'Promote',
  hold: 'Hold',
  tighten: 'Tighten',
  demote: 'Demote',
  insufficient_evidence: 'Insufficient evidence',
} as const satisfies Record<VerdictKind, string>;

export const verdictTone = {
  promote: 'blue',
  hold: 'quiet',
  tighten: 'amber',
  demote: 'red',
  insufficient_evidence: 'quiet',
} as const satisfies Record<VerdictKind, Tone>;
