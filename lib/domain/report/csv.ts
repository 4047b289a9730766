import { csvCell } from '../csv';
import type { ReportContent, ReportLane } from './content';

const COLUMNS: readonly (readonly [string, (lane: ReportLane) => string | number | null])[] = [
  ['team', ({ team }) => team.name],
  ['kind of work', ({ category }) => category.name],
  ['gear', ({ gear }) => gear],
  ['gear before', ({ before }) => before.gear],
  ['proven', ({ proven }) => proven],
  ['proven before', ({ before }) => before.proven],
  ['score', ({ score }) => score?.value ?? null],
  ['score low', ({ score }) => score?.low ?? null],
  ['score high', ({ score }) => score?.high ?? null],
  ['decided in the week', ({ week }) => week.decided],
  ['reviewed in the week', ({ week }) => week.reviewed],
  ['merged in the week', ({ week }) => week.merged],
  ['counted', ({ counted }) => counted],
  ['maturing', ({ maturing }) => maturing],
  ['clean reviews needed', ({ cleanNeeded }) => cleanNeeded],
  ['what stops it', ({ blocker }) => blocker],
];

/** The lanes of a report as CSV (RFC 4180, with a byte order mark for spreadsheets): a row a lane, each naming its week. */
export function csvOf({ week, lanes }: ReportContent): string {
  const head = ['week', ...COLUMNS.map(([name]) => name)];
  const rows = lanes.map((lane) => [week, ...COLUMNS.map(([, pick]) => pick(lane))]);
  return `\ufeff${[head, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
