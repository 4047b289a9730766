import { z } from 'zod';

const DATE_TIME = z.regexes.datetime({ offset: true });
const LEAP_SECOND = /:60(?:\.\d+)?(?=Z|[+-]\d\d:\d\d$)/;
const DAY_MS = 86_400_000;

/** Whether a millisecond is the last of a month in UTC, which is where leap seconds are put in. */
function isEndOfMonth(at: number): boolean {
  const next = at + 1;
  return next % DAY_MS === 0 && new Date(next).getUTCDate() === 1;
}

/**
 * The instant of an RFC 3339 time, in ms since 1970; null when it is none, or none that exists. `t` and `z` may be small.
 * No clock here can hold a leap second: it is taken for the last millisecond before it, so it stays in its month and before all that follows.
 */
export function instantOf(text: string): number | null {
  const said = text.replace(/[tz]/g, (letter) => letter.toUpperCase());
  const held = said.replace(LEAP_SECOND, ':59.999');
  if (!DATE_TIME.test(held)) return null;
  const at = Date.parse(held);
  return held === said || isEndOfMonth(at) ? at : null;
}
