import { STALE_DAYS, STALE_MIN_TASKS } from './constants';

/**
 * Whether a lane's evidence is current. A lane above crawl goes stale when fewer than 5 of its tasks matured in the last
 * 90 days; the review level of the next lower gear then applies, until 5 clean tasks have matured and it is current again.
 * Changed in place by `noteMatured`.
 */
export type Freshness = {
  /** When the last tasks matured, in days, ascending; five at most. */
  readonly maturedAt: number[];
  /** Clean tasks still owed since the lane was found stale; null while nothing is owed. */
  cleanOwed: number | null;
};

/** The freshness of a lane without matured tasks. */
export function createFreshness(): Freshness {
  return { maturedAt: [], cleanOwed: null };
}

/** An independent copy. */
export function cloneFreshness(from: Freshness): Freshness {
  return { ...from, maturedAt: [...from.maturedAt] };
}

function isCurrent({ maturedAt }: Freshness, t: number): boolean {
  const fifthLast = maturedAt[maturedAt.length - STALE_MIN_TASKS];
  return fifthLast !== undefined && fifthLast >= t - STALE_DAYS;
}

/** A task matured at day t. Clean means score 1. In crawl nothing can be owed, since there is no gear to keep current. */
export function noteMatured(freshness: Freshness, t: number, clean: boolean, aboveCrawl: boolean): void {
  if (aboveCrawl && freshness.cleanOwed === null && !isCurrent(freshness, t))
    freshness.cleanOwed = STALE_MIN_TASKS;
  freshness.maturedAt.push(t);
  if (freshness.maturedAt.length > STALE_MIN_TASKS) freshness.maturedAt.shift();
  if (freshness.cleanOwed === null) return;
  if (clean) freshness.cleanOwed = Math.max(0, freshness.cleanOwed - 1);
  if (!aboveCrawl || (freshness.cleanOwed === 0 && isCurrent(freshness, t))) freshness.cleanOwed = null;
}

/** Whether a lane above crawl has gone stale, as of day t. */
export function hasGoneStale(freshness: Freshness, t: number): boolean {
  return freshness.cleanOwed !== null || !isCurrent(freshness, t);
}
