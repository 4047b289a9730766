import type { Tone } from '@/components/ui/chip';
import type { MoveKind } from '@/lib/lanes/types';

export const moveWord = {
  accepted: 'Promoted',
  demoted: 'Demoted',
  tightened: 'Tightened',
  loosened: 'Loosened',
  voided: 'Voided',
  corrected: 'Corrected',
} as const satisfies Record<MoveKind, string>;

export const moveTone = {
  accepted: 'green',
  demoted: 'red',
  tightened: 'amber',
  loosened: 'quiet',
  voided: 'quiet',
  corrected: 'amber',
} as const satisfies Record<MoveKind, Tone>;
