import type { TaskState } from './task-course';

/**
 * Why a review given at `at` counts for nothing, in a sentence; null when it came in time, or the task is not decided yet. Verdicts
 * count up to the decision (see `observe`). Times in ms.
 */
export function lateReview(state: TaskState, decidedAt: number | null, at: number): string | null {
  if (decidedAt === null || at <= decidedAt) return null;
  const end = state === 'merged' ? 'the merge' : 'the task was closed';
  return `It came after ${end}, so it does not count as the review of this task.`;
}
