import type { ReviewLoad } from './content';

/** A decided task and its independent reviews. Times in ms since 1970. */
export type ReviewedTask = {
  readonly openedAt: number | null;
  readonly reviews: readonly { readonly reviewer: string; readonly at: number }[];
};

/** Fewer people, or fewer reviewed tasks, and a figure would be about somebody. */
const FEWEST_REVIEWERS = 3;
const FEWEST_TASKS = 5;

const HOUR_MS = 3_600_000;

/** How much review the tasks of a week took; null where so few people gave it that it would tell about one of them. */
export function reviewLoadOf(tasks: readonly ReviewedTask[]): ReviewLoad | null {
  const reviewed = tasks.filter(({ reviews }) => reviews.length > 0);
  const reviewers = new Set(reviewed.flatMap(({ reviews }) => reviews.map(({ reviewer }) => reviewer)));
  if (reviewers.size < FEWEST_REVIEWERS || reviewed.length < FEWEST_TASKS) return null;
  const hours = reviewed.flatMap(({ openedAt, reviews }) => {
    const first = Math.min(...reviews.map(({ at }) => at));
    return openedAt === null || first < openedAt ? [] : [(first - openedAt) / HOUR_MS];
  });
  return {
    reviews: reviewed.reduce((sum, { reviews }) => sum + reviews.length, 0),
    reviewers: reviewers.size,
    medianHours: hours.length < FEWEST_TASKS ? null : Math.round(10 * medianOf(hours)) / 10,
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
