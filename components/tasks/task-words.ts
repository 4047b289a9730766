import type { Tone } from '@/components/ui/chip';
import { OUTCOME_LABELS } from '@/lib/domain/outcome';
import type { TaskRow, TaskState } from '@/lib/tasks/types';

export const stateWord = { open: 'Open', merged: 'Merged', closed: 'Closed' } as const satisfies Record<
  TaskState,
  string
>;

export const stateTone = { open: 'blue', merged: 'green', closed: 'quiet' } as const satisfies Record<
  TaskState,
  Tone
>;

/** What a task came to; where that is nothing, whether there is nothing to say yet or it does not count. */
export function outcomeWord({ state, outcomeLabel }: Pick<TaskRow, 'state' | 'outcomeLabel'>): string {
  return outcomeLabel ?? (state === 'open' ? 'Not decided yet' : 'Not counted');
}

/** The outcomes a task can come to. */
export const outcomeOptions = Object.entries(OUTCOME_LABELS).map(([value, label]) => ({ value, label }));
