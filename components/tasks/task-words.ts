import type { Tone } from '@/components/ui/chip';
import { OUTCOME_LABELS } from '@/lib/domain/outcome';
import type { TaskState } from '@/lib/tasks/types';

export const stateWord = { open: 'Open', merged: 'Merged', closed: 'Closed' } as const satisfies Record<
  TaskState,
  string
>;

export const stateTone = { open: 'blue', merged: 'green', closed: 'quiet' } as const satisfies Record<
  TaskState,
  Tone
>;

/** The outcomes a task can come to. */
export const outcomeOptions = Object.entries(OUTCOME_LABELS).map(([value, label]) => ({ value, label }));
