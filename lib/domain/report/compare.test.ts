import { expect, it } from 'vitest';
import { comparisonOf } from './compare';
import type { ReportContent, ReportLane } from './content';
import { aReportLane, aReport as aReportOf } from './testing';

const lane = (category: string, changes: Partial<ReportLane> = {}) =>
  aReportLane({
    category: { slug: category, name: category },
    proven: 0.85,
    score: { value: 0.9, low: 0.85, high: 0.94 },
    ...changes,
  });

function aReport(week: string, lanes: ReportLane[], decided = 10): ReportContent {
  const gears = { crawl: 0, walk: 0, run: 0 };
  for (const { gear } of lanes) gears[gear] += 1;
  const adoption = { decided, reviewed: 5, merged: 8, withoutAgent: 0, byAgent: [], review: null };
  return aReportOf({ week, lanes, gears, adoption });
}

const rowsOf = (earlier: ReportContent, later: ReportContent, key: string) =>
  comparisonOf(earlier, later)
    .sections.find((section) => section.key === key)
    ?.table?.rows.map((cells) => cells.map(({ text }) => text));

it('names the lanes that moved, came and went, and no others', () => {
  const earlier = aReport('2026-W46', [lane('tests'), lane('docs'), lane('bugfix')]);
  const later = aReport(
    '2026-W47',
    [lane('tests', { gear: 'run', proven: 0.9 }), lane('docs'), lane('deps')],
    13,
  );
  const { answer } = comparisonOf(earlier, later);
  expect(answer).toBe('1 lane higher; agents did 13 tasks in 2026-W47, 3 more than in 2026-W46.');
  expect(rowsOf(earlier, later, 'lanes')).toEqual([
    ['tests', 'walk → run', '≥ .85 → ≥ .90', '.90 (.85 to .94)'],
    ['deps', 'no evidence → walk', 'no evidence → ≥ .85', 'no evidence → .90 (.85 to .94)'],
    ['bugfix', 'walk → no evidence', '≥ .85 → no evidence', '.90 (.85 to .94) → no evidence'],
  ]);
});

it('a score that its interval explains is the same', () => {
  const earlier = aReport('2026-W46', [lane('tests')]);
  const within = aReport('2026-W47', [lane('tests', { score: { value: 0.86, low: 0.8, high: 0.9 } })]);
  const beyond = aReport('2026-W47', [lane('tests', { score: { value: 0.84, low: 0.8, high: 0.9 } })]);
  expect(rowsOf(earlier, within, 'lanes')).toBeUndefined();
  expect(rowsOf(earlier, beyond, 'lanes')).toHaveLength(1);
  expect(comparisonOf(earlier, within).answer).toContain('Every lane in the same gear; agents did 10 tasks');
});

it('counts with their change', () => {
  const earlier = aReport('2026-W46', [lane('tests')], 1_200);
  const later = aReport('2026-W47', [lane('tests', { gear: 'crawl' })], 1_100);
  const rows = rowsOf(earlier, later, 'numbers');
  expect(rows).toContainEqual(['Lanes in crawl', '0', '1', '+1']);
  expect(rows).toContainEqual(['Tasks of agents, decided', '1,200', '1,100', '−100']);
  expect(rows).toContainEqual(['Lanes in run', '0', '0', '–']);
});
