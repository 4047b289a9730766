import type { Tone } from '@/components/ui/chip';
import { OUTCOME_LABELS } from '@/lib/domain/outcome';
import type { Counted, TaskRow, TaskState } from '@/lib/tasks/types';

export const stateWord = { open: 'Open', merged: 'Merged', closed: 'Closed' } as const satisfies Record<
  TaskState,
  string
>;

export const stateTone = { open: 'blue', merged: 'green', closed: 'quiet' } as const satisfies Record<
  TaskState,
  Tone
>;

/** Ends "12 tasks were … in the week of 16 Nov". */
export const countedPhrases = {
  decided: 'decided, of those that agents did,',
  reviewed: 'reviewed independently',
  merged: 'merged, of those that agents did,',
  'without-agent': 'decided without an agent',
} as const satisfies Record<Counted, string>;

export const countedWords = {
  decided: 'Decided, by agents',
  reviewed: 'Reviewed independently',
  merged: 'Merged',
  'without-agent': 'Without an agent',
} as const satisfies Record<Counted, string>;

/** What a task came to; where that is nothing, whether there is nothing to say yet or it does not count. */
export function outcomeWord({ state, outcomeLabel }: Pick<TaskRow, 'state' | 'outcomeLabel'>): string {
  return outcomeLabel ?? (state === 'open' ? 'Not decided yet' : 'Not counted');
}

/** The outcomes a task can come to. */
export const outcomeOptions = Object.entries(OUTCOME_LABELS).map(([value, label]) => ({ value, label }));
