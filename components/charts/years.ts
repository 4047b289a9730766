export type YearSpan = { year: number; from: number; to: number };

/** The calendar years (UTC) that a stretch of time touches, each with its part of it. */
export function yearSpans(from: number, to: number): YearSpan[] {
  const spans: YearSpan[] = [];
  for (let start = from; start < to; ) {
    const year = new Date(start).getUTCFullYear();
    const end = Math.min(to, Date.UTC(year + 1, 0, 1));
    spans.push({ year, from: start, to: end });
    start = end;
  }
  return spans;
}
