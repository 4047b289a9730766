import { expect, it } from 'vitest';
import { yearSpans } from './years';

const day = (text: string) => Date.parse(text);

it('a stretch over New Year belongs to both years', () => {
  expect(yearSpans(day('2024-11-04'), day('2026-02-02'))).toEqual([
    { year: 2024, from: day('2024-11-04'), to: day('2025-01-01') },
    { year: 2025, from: day('2025-01-01'), to: day('2026-01-01') },
    { year: 2026, from: day('2026-01-01'), to: day('2026-02-02') },
  ]);
});

it('a stretch within a year, or up to its last instant, belongs to that year alone', () => {
  expect(yearSpans(day('2025-03-03'), day('2025-05-05'))).toHaveLength(1);
  expect(yearSpans(day('2025-03-03'), day('2026-01-01'))).toHaveLength(1);
  expect(yearSpans(5, 5)).toEqual([]);
});
