import type { TaskState } from './task-course';

/**
 * What to know of a review that counts though it came to be known after the decision: whoever recorded it knew how the task had ended.
 * Null when it was known before, or does not count. Times in ms.
 */
export function hindsightOf(decidedKnownAt: number | null, knownAt: number): string | null {
  if (decidedKnownAt === null || knownAt <= decidedKnownAt) return null;
  return 'It was recorded by hand after the decision was known here, and counts by the time that was given for it.';
}

/**
 * Why a review given at `at` counts for nothing, in a sentence; null when it came in time, or the task is not decided yet. Verdicts
 * count up to the decision (see `observe`). Times in ms.
 */
export function lateReview(state: TaskState, decidedAt: number | null, at: number): string | null {
  if (decidedAt === null || at <= decidedAt) return null;
  const end = state === 'merged' ? 'the merge' : 'the task was closed';
  return `It came after ${end}, so it does not count as the review of this task.`;
}
