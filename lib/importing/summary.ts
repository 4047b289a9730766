import { basename } from 'node:path';
import { plural } from '@/lib/domain/plural';
import { CONTRADICTIONS, type Contradiction } from './course';
import type { LeftOut } from './plan-import';
import type { DatasetReport, ImportReport, ReviewedCounts } from './report';
import { type StateCounts, sumOf, type Tally } from './tally';

const n = (value: number): string => value.toLocaleString('en');

/** A share in per cent with its denominator: `65.3 % of 2,686`. */
export function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} % of ${n(whole)}`;
}

/** The rows of each table, in sums that add up. @param isComplete whether the tables were read to their end */
export function rowLines(
  { pullRequests, reviews, timeline, contradictions }: DatasetReport,
  isComplete: boolean,
): string[] {
  const lines: string[] = [];
  const add = ({ file, read }: { file: string; read: number }, sum: string): void => {
    const isEmpty = read === 0 && isComplete;
    lines.push(isEmpty ? `${basename(file)} has a header and no rows.` : `${basename(file)}: ${sum}`);
  };
  if (pullRequests) {
    const { read, imported, repeated, refused } = pullRequests;
    const again = repeated > 0 ? ` + ${n(repeated)} repeated` : '';
    add(
      pullRequests,
      `${plural(read, 'pull request')} read = ${n(imported)} imported${again} + ${n(refused)} refused`,
    );
  }
  if (reviews) {
    const { read, imported, orphans, refused } = reviews;
    add(
      reviews,
      `${plural(read, 'review')} read = ${n(imported)} imported + ${n(orphans)} without their pull request + ${n(refused)} refused`,
    );
  }
  if (timeline) {
    const { read, used, unused, orphans, refused } = timeline;
    add(
      timeline,
      `${plural(read, 'timeline entry', 'timeline entries')} read = ${n(used)} used + ${n(unused)} of kinds that Gait does not keep + ${n(orphans)} without their pull request + ${n(refused)} refused`,
    );
  }
  for (const [contradiction, count] of Object.entries(contradictions) as [Contradiction, number][]) {
    if (count > 0) lines.push(`  ${n(count)} ${CONTRADICTIONS[contradiction]}; the table stands`);
  }
  return lines;
}

function countCells({ merged, closed, open }: StateCounts): string[] {
  const decided = merged + closed;
  const all = decided + open;
  return [n(all), n(merged), n(closed), n(open), share(merged, all), share(merged, decided)];
}

const HEADER = [
  '',
  'pull requests',
  'merged',
  'closed unmerged',
  'open',
  'merged of all',
  'merged of decided',
];

/** A row an agent, and under it a row a category. */
export function tallyLines(tally: Tally): string[] {
  const rows = [...tally]
    .sort()
    .flatMap(([agent, categories]) => [
      [agent, ...countCells(sumOf(categories.values()))],
      ...[...categories].sort().map(([category, counts]) => [`  ${category}`, ...countCells(counts)]),
    ]);
  const all = [...tally.values()].flatMap((categories) => [...categories.values()]);
  const sum = tally.size > 1 ? [['all agents', ...countCells(sumOf(all))]] : [];
  return alignColumns([HEADER, ...rows, ...sum]);
}

/** The first column to the left, the others to the right. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** Rows over all tables: those that went in, and those that did not. */
export function leftoverCounts({ datasets }: ImportReport): {
  imported: number;
  refused: number;
  orphans: number;
} {
  const sum = { imported: 0, refused: 0, orphans: 0 };
  for (const { pullRequests, reviews, timeline } of datasets) {
    sum.imported += (pullRequests?.imported ?? 0) + (pullRequests?.repeated ?? 0) + (reviews?.imported ?? 0);
    sum.refused += (pullRequests?.refused ?? 0) + (reviews?.refused ?? 0) + (timeline?.refused ?? 0);
    sum.orphans += (reviews?.orphans ?? 0) + (timeline?.orphans ?? 0);
  }
  return sum;
}

/** Rows read of each kind of table, and of all. */
function rowsRead({ datasets }: ImportReport) {
  const sum = { pullRequests: 0, reviews: 0, timeline: 0 };
  for (const { pullRequests, reviews, timeline } of datasets) {
    sum.pullRequests += pullRequests?.read ?? 0;
    sum.reviews += reviews?.read ?? 0;
    sum.timeline += timeline?.read ?? 0;
  }
  return { ...sum, rows: sum.pullRequests + sum.reviews + sum.timeline };
}

export type SummaryOptions = {
  isDryRun: boolean;
  errorsFile: string;
  leftOut: readonly LeftOut[];
  /** Null where that is not known here: nothing was written, or a server counts it. */
  reviewed: ReviewedCounts | null;
};

/** The rate says its denominator, and what is in it. */
function rateLine(report: ImportReport): string {
  const { pullRequests, reviews, timeline, rows } = rowsRead(report);
  const speed = report.seconds > 0 ? Math.round(rows / report.seconds) : 0;
  const parts = [
    plural(pullRequests, 'pull request'),
    plural(reviews, 'review'),
    plural(timeline, 'timeline entry', 'timeline entries'),
  ];
  return `${plural(rows, 'row')} read (${parts.join(' + ')}) in ${report.seconds.toFixed(1)} s, ${n(speed)} rows/s.`;
}

/** What a person reads when an import is done. */
export function summaryText(
  report: ImportReport,
  { isDryRun, errorsFile, leftOut, reviewed }: SummaryOptions,
): string {
  const { accepted, duplicates, differing, rejected } = report.events;
  const sum = plural(accepted + duplicates + rejected, 'event');
  const events = isDryRun
    ? `${sum} would be sent; nothing was written.`
    : `${sum} sent = ${n(accepted)} new + ${n(duplicates)} already known + ${n(rejected)} refused by the receiver`;
  const contrary = `  contradicting what came first, which stands: ${n(differing)} (rows that repeat one another, or that changed since an earlier import)`;
  const { refused, orphans } = leftoverCounts(report);
  const leftover = `${plural(refused + orphans, 'row')} did not go in; ${errorsFile} ${isDryRun ? 'would say' : 'says'} which and why.`;
  const table = report.tally.size > 0 ? ['', ...tallyLines(report.tally), ''] : [];
  const decided = reviewed && [
    `Decided tasks of agents under this source: ${n(reviewed.decided)}. Independently reviewed before the decision: ${n(reviewed.reviewed)} (${share(reviewed.reviewed, reviewed.decided)}).`,
  ];
  return [
    ...report.datasets.flatMap((dataset) => rowLines(dataset, report.isComplete)),
    ...leftOut.map(
      ({ files, reason }) => `${reason} Left out: ${files.map((file) => basename(file)).join(', ')}.`,
    ),
    events,
    ...(differing > 0 ? [contrary] : []),
    ...table,
    ...(decided ?? []),
    ...(refused + orphans > 0 ? [leftover] : []),
    rateLine(report),
  ].join('\n');
}

/** The same for programs. */
export function summaryJson(report: ImportReport, options: SummaryOptions & { source: string }) {
  const { tally, seconds, ...rest } = report;
  const { rows, ...rowsByTable } = rowsRead(report);
  const withRates = (counts: StateCounts) => {
    const decided = counts.merged + counts.closed;
    return { pullRequests: decided + counts.open, ...counts, decided };
  };
  const agents = [...tally].sort().map(([agent, categories]) => ({
    agent,
    ...withRates(sumOf(categories.values())),
    categories: Object.fromEntries(
      [...categories].sort().map(([category, counts]) => [category, withRates(counts)]),
    ),
  }));
  return {
    ...options,
    ...rest,
    ...leftoverCounts(report),
    agents,
    rows,
    rowsByTable,
    seconds: Math.round(seconds * 1000) / 1000,
    rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0,
  };
}
