import { type BatchOptions, createBatches, type SendBatch } from './batches';
import { buildPullRequest, buildReview, type Joined } from './build-rows';
import type { Dataset, Leftover } from './dataset';
import type { CheckedEvent } from './events';
import { importTable, type Line, leftoverOf } from './import-table';
import { indexTables, type TableIndex } from './index-tables';
import { type DatasetReport, emptyDatasetReport, type ImportReport } from './report';
import type { Resumption } from './resumption';
import { createTally } from './tally';

export type ImportRun = {
  readonly datasets: readonly Dataset[];
  readonly send: SendBatch;
  readonly resumption: Resumption;
  /** Milliseconds since 1970: what lies after it lies in the future. */
  readonly now: number;
  readonly onLeftover: (leftover: Leftover) => void;
  /** Bytes and rows of the tables of pull requests and reviews that are behind us. */
  readonly onProgress: (bytes: number, rows: number) => void;
  /** Events that go in, before they do. */
  readonly onEvents: (events: readonly CheckedEvent[]) => void;
  readonly isStopped: () => boolean;
  readonly batching?: BatchOptions;
};

/** Brings the data sets in, row by row. Bad rows are left over with their reasons; the good ones go in. */
export async function runImport(run: ImportRun): Promise<ImportReport> {
  const startedAt = performance.now();
  const { resumption, isStopped } = run;
  const events = { ...resumption.events };
  const { tally, add } = createTally();
  const reports: DatasetReport[] = [];
  let bytesBefore = 0;
  let rows = 0;
  const batches = createBatches(
    run.send,
    ({ accepted, duplicates, differing, rejected }) => {
      events.accepted += accepted;
      events.duplicates += duplicates;
      events.differing += differing;
      events.rejected += rejected.size;
    },
    run.batching,
  );
  const line: Line = {
    ...{ batches, resumption, events, isStopped, onLeftover: run.onLeftover, onEvents: run.onEvents },
    onRow: (offset) => {
      rows += 1;
      run.onProgress(bytesBefore + offset, rows);
    },
  };
  for (const [number, dataset] of run.datasets.entries()) {
    const report = emptyDatasetReport();
    reports.push(report);
    const index = await indexIfJoined(dataset, run, report);
    const joined: Joined = { dataset, index, reviewedHeads: new Map(), now: run.now };
    await importPullRequests(line, joined, number, report, add);
    bytesBefore += dataset.pullRequests?.table.sizeBytes ?? 0;
    await importReviews(line, joined, number, report);
    bytesBefore += dataset.reviews?.table.sizeBytes ?? 0;
    if (isStopped()) break;
  }
  await batches.finish();
  return {
    isComplete: !isStopped(),
    datasets: reports,
    events,
    tally,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** A table alone needs no index, and is read only once. */
async function indexIfJoined(
  dataset: Dataset,
  { now, isStopped, onLeftover }: ImportRun,
  report: DatasetReport,
): Promise<TableIndex> {
  const { pullRequests, reviews, timeline } = dataset;
  if (!pullRequests || (!reviews && !timeline))
    return { pullRequests: null, reviews: new Map(), timelines: new Map() };
  const file = timeline?.table.file ?? '';
  const { index, counts } = await indexTables(dataset, { now, isStopped }, (outcome, row, reasons) =>
    onLeftover(leftoverOf(file, row, outcome, reasons)),
  );
  if (timeline) report.timeline = { file, ...counts };
  return index;
}

async function importPullRequests(
  line: Line,
  joined: Joined,
  dataset: number,
  report: DatasetReport,
  add: ReturnType<typeof createTally>['add'],
): Promise<void> {
  const table = joined.dataset.pullRequests?.table;
  if (!table) return;
  const counts = { file: table.file, read: 0, imported: 0, repeated: 0, refused: 0 };
  report.pullRequests = counts;
  await importTable(line, {
    place: { dataset, table: 'pullRequests' },
    table,
    build: (row) => buildPullRequest(row, joined),
    onRead: () => {
      counts.read += 1;
    },
    onImported: ({ facts, contradictions }) => {
      const isNew = add(facts) === 'new';
      counts[isNew ? 'imported' : 'repeated'] += 1;
      if (isNew) for (const contradiction of contradictions) report.contradictions[contradiction] += 1;
    },
    onUnusable: () => {
      counts.refused += 1;
    },
  });
}

async function importReviews(
  line: Line,
  joined: Joined,
  dataset: number,
  report: DatasetReport,
): Promise<void> {
  const table = joined.dataset.reviews?.table;
  if (!table || line.isStopped()) return;
  const counts = { file: table.file, read: 0, imported: 0, orphans: 0, refused: 0 };
  report.reviews = counts;
  await importTable(line, {
    place: { dataset, table: 'reviews' },
    table,
    build: (row) => buildReview(row, joined),
    onRead: () => {
      counts.read += 1;
    },
    onImported: () => {
      counts.imported += 1;
    },
    onUnusable: (outcome) => {
      counts[outcome === 'orphan' ? 'orphans' : 'refused'] += 1;
    },
  });
}
