import { csvCell } from '../csv';
import type { ReportContent, ReportLane } from './content';
import { stopOf } from './standing-words';

const COLUMNS: readonly (readonly [string, (lane: ReportLane) => string | number | null])[] = [
  ['team', ({ team }) => team.name],
  ['kind of work', ({ category }) => category.name],
  ['gear', ({ gear }) => gear],
  ['gear before', ({ before }) => before.gear],
  ['proven', ({ proven }) => proven],
  ['proven before', ({ before }) => before.proven],
  ['next gear takes', ({ needs }) => needs?.level ?? null],
  ['score', ({ score }) => rounded(score?.value)],
  ['score low', ({ score }) => rounded(score?.low)],
  ['score high', ({ score }) => rounded(score?.high)],
  ['decided in the week', ({ week }) => week.decided],
  ['reviewed in the week', ({ week }) => week.reviewed],
  ['merged in the week', ({ week }) => week.merged],
  ['counted', ({ counted }) => counted],
  ['maturing', ({ maturing }) => maturing],
  ['clean reviews needed', ({ cleanNeeded }) => cleanNeeded],
  ['what stops it', stopOf],
];

/** To four places: no estimate knows more. */
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 10_000) / 10_000;
}

/** The lanes of a report as CSV (RFC 4180, with a byte order mark for spreadsheets): a row a lane, each naming its week. */
export function csvOf({ week, lanes }: ReportContent): string {
  const head = ['week', ...COLUMNS.map(([name]) => name)];
  const rows = lanes.map((lane) => [week, ...COLUMNS.map(([, pick]) => pick(lane))]);
  return `\ufeff${[head, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
