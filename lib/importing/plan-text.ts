import { basename } from 'node:path';
import { EVENT_DATA } from '@/lib/domain/event';
import type { Dataset, Source } from './dataset';
import type { Envelope } from './events';
import { fieldsOf, type TableKind } from './fields';
import { listColumns } from './guess-columns';

const reviewSchema = EVENT_DATA['dev.gait.review.submitted.v1'];

const TITLES: Readonly<Record<TableKind, string>> = {
  pullRequests: 'pull requests',
  reviews: 'reviews',
  timeline: 'timeline',
};

/** Which column each field is read from, and which columns are left aside. */
function columnLines<K extends TableKind>(kind: K, { table, columns }: Source<K>): string[] {
  const pairs = fieldsOf(kind).flatMap((field) => {
    const column = columns[field];
    return column === undefined ? [] : [[`  ${field}`, `← ${column}`]];
  });
  const used = new Set(pairs.map(([, column]) => column?.slice(2)));
  const unused = table.columns.filter((column) => !used.has(column));
  const width = Math.max(...pairs.map(([field = '']) => field.length));
  return [
    `${basename(table.file)} (${TITLES[kind]}, ${table.format})`,
    ...pairs.map(([field = '', column = '']) => `${field.padEnd(width)} ${column}`),
    ...(unused.length > 0 ? [`  not read: ${listColumns(unused)}`] : []),
  ];
}

function datasetLines({ pullRequests, reviews, timeline, settings }: Dataset): string[] {
  const said = [
    ...(settings.agent.always === undefined ? [] : [`agent ${settings.agent.always}`]),
    ...(settings.team.always === undefined ? [] : [`team ${settings.team.always}`]),
    ...(settings.team.always === undefined && settings.team.otherwise
      ? [`team ${settings.team.otherwise}`]
      : []),
  ];
  return [
    ...(pullRequests ? columnLines('pullRequests', pullRequests) : []),
    ...(said.length > 0 ? [`  for all rows: ${said.join(', ')}`] : []),
    ...(reviews ? columnLines('reviews', reviews) : []),
    ...(timeline ? columnLines('timeline', timeline) : []),
  ];
}

/** Data sets that are read like the one before are only named. */
export function planLines(datasets: readonly Dataset[]): string[] {
  const said = new Set<string>();
  return datasets.flatMap((dataset) => {
    const { pullRequests, reviews, timeline } = dataset;
    const sources = [pullRequests, reviews, timeline].flatMap((source) => (source ? [source] : []));
    const way = JSON.stringify([
      sources.map(({ table, columns }) => [table.columns, columns]),
      dataset.settings,
    ]);
    if (!said.has(way)) {
      said.add(way);
      return datasetLines(dataset);
    }
    return [`${sources.map(({ table }) => basename(table.file)).join(', ')}: in the same way`];
  });
}

/** Some events in short: when, what, the id that makes them the same event next time, and how a review was read. */
export function eventLines(events: readonly Envelope[]): string[] {
  return events.map((event) => {
    const type = event.type.replace(/^dev\.gait\.|\.v1$/g, '').padEnd(16);
    return `  ${event.time}  ${type}  ${event.id}${readingOf(event)}`;
  });
}

function readingOf({ data }: Envelope): string {
  const read = reviewSchema.safeParse(data);
  return read.success
    ? `  = ${read.data.review.verdict.replace('_', ' ')} by ${read.data.review.reviewer.login}`
    : '';
}
