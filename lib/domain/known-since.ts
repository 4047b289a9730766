/** What becomes known later than this after it happened is known late: a day, in ms. */
const LATE_MS = 86_400_000;

/** When something became known, in ms since 1970, if that was late; null when it was known about as soon as it happened. */
export function knownSince(happenedAt: number, knownAt: number): number | null {
  return knownAt - happenedAt > LATE_MS ? knownAt : null;
}
