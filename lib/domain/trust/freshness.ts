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

function lastCurrentDay({ maturedAt }: Freshness): number {
  const fifthLast = maturedAt[maturedAt.length - STALE_MIN_TASKS];
  return fifthLast === undefined ? Number.NEGATIVE_INFINITY : fifthLast + STALE_DAYS;
}

function isCurrent(freshness: Freshness, t: number): boolean {
  return t <= lastCurrentDay(freshness);
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

/**
 * The last day on which a lane above crawl is current if nothing else matures: when its fifth-last task matured, plus 90 days;
 * -Infinity when it is not current at all. Stale means later than this.
 */
export function currentUntil(freshness: Freshness): number {
  return freshness.cleanOwed === null ? lastCurrentDay(freshness) : Number.NEGATIVE_INFINITY;
}
