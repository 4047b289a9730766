import { basename } from 'node:path';
import type { ReviewTime } from './course';
import type { Dataset } from './dataset';
import { checkEvents, eventsOfPullRequest } from './events';
import { joinKeys } from './identity';
import { readPullRequest } from './read-pull-request';
import { readReview } from './read-review';
import { readTimeline, type TimelineEntry } from './read-timeline';
import type { TableRow } from './tables/table';

/** A pull request of the table: its ref, or the row in which it was refused. */
export type KnownPullRequest = { readonly ref: string } | { readonly refusedInRow: number };

export type Timeline = { readonly entries: TimelineEntry[]; isContiguous: boolean };

/** What joins the tables. Holds no rows, only keys, times and commits: about 200 bytes a row. */
export type TableIndex = {
  /** Null when there is no table of pull requests. */
  readonly pullRequests: ReadonlyMap<string, KnownPullRequest> | null;
  /** By ref. */
  readonly reviews: ReadonlyMap<string, ReviewTime[]>;
  readonly timelines: ReadonlyMap<string, Timeline>;
};

/** What became of each row of the timeline; the four together are all its rows. */
export type TimelineCounts = { read: number; used: number; unused: number; orphans: number; refused: number };

/** Stopped, it leaves an index that is not whole, for nobody to use. */
type Reading = { readonly now: number; readonly isStopped: () => boolean };

type Unusable = (outcome: 'refused' | 'orphan', row: TableRow, reasons: readonly string[]) => void;

/** Why a row's pull request cannot be found; null when it can. */
export function orphanReason(found: KnownPullRequest | undefined, key: string, file: string): string | null {
  if (found === undefined) return `no pull request with the ${key} in ${basename(file)}`;
  return 'refusedInRow' in found
    ? `its pull request was refused, in row ${found.refusedInRow} of ${basename(file)}`
    : null;
}

/** Goes through the tables once, before anything is imported, so that rows of one find those of another. */
export async function indexTables(
  dataset: Dataset,
  reading: Reading,
  unusableTimelineRow: Unusable,
): Promise<{ index: TableIndex; counts: TimelineCounts }> {
  const pullRequests = dataset.pullRequests ? await indexPullRequests(dataset, reading) : null;
  const refOf = (key: string): string | null => {
    const found = pullRequests?.get(key);
    return found !== undefined && 'ref' in found ? found.ref : null;
  };
  const reviews = dataset.timeline ? await indexReviews(dataset, refOf, reading) : new Map();
  const timelines = new Map<string, Timeline>();
  const counts: TimelineCounts = { read: 0, used: 0, unused: 0, orphans: 0, refused: 0 };
  let last = '';
  for await (const row of dataset.timeline?.table.rows() ?? []) {
    if (reading.isStopped()) break;
    counts.read += 1;
    const entry = readEntry(row, dataset, reading.now);
    if (!entry.ok) {
      counts.refused += 1;
      unusableTimelineRow('refused', row, entry.reasons);
      continue;
    }
    const { key, ...rest } = entry.value;
    const orphan = orphanReason(pullRequests?.get(key), key, dataset.pullRequests?.table.file ?? '');
    const ref = refOf(key);
    if (ref === null) {
      counts.orphans += 1;
      unusableTimelineRow('orphan', row, [orphan ?? '']);
      continue;
    }
    const known = timelines.get(ref) ?? { entries: [], isContiguous: true };
    if (known.entries.length > 0 && last !== ref) known.isContiguous = false;
    last = ref;
    known.entries.push(rest);
    timelines.set(ref, known);
    counts[rest.kind === 'other' ? 'unused' : 'used'] += 1;
  }
  return { index: { pullRequests, reviews, timelines }, counts };
}

function readEntry(
  row: TableRow,
  { timeline, settings }: Dataset,
  now: number,
): ReturnType<typeof readTimeline> {
  if (!('cells' in row)) return { ok: false, reasons: [row.reason] };
  return readTimeline(row.cells, { columns: timeline?.columns ?? {}, ref: settings.ref }, now);
}

async function indexPullRequests(
  { pullRequests, settings }: Dataset,
  { now, isStopped }: Reading,
): Promise<Map<string, KnownPullRequest>> {
  const known = new Map<string, KnownPullRequest>();
  for await (const row of pullRequests?.table.rows() ?? []) {
    if (isStopped()) break;
    if (!('cells' in row)) continue;
    const read = readPullRequest(row.cells, settings, now);
    const identity = read.ok ? read.value : read.identity;
    if (identity === undefined) continue;
    const isGood =
      read.ok && Array.isArray(checkEvents(eventsOfPullRequest(read.value, settings.source), now));
    for (const key of joinKeys(identity)) {
      const earlier = known.get(key);
      // A good row stands, whatever other rows say of the same pull request.
      if (earlier === undefined || 'refusedInRow' in earlier) {
        known.set(key, isGood ? { ref: identity.ref } : { refusedInRow: row.row });
      }
    }
  }
  return known;
}

async function indexReviews(
  { reviews, settings }: Dataset,
  refOf: (key: string) => string | null,
  { now, isStopped }: Reading,
): Promise<Map<string, ReviewTime[]>> {
  // A row that is repeated is one review: their number tells whether the timeline names the same ones.
  const times = new Map<string, Map<string, ReviewTime>>();
  for await (const row of reviews?.table.rows() ?? []) {
    if (isStopped()) break;
    if (!('cells' in row)) continue;
    const read = readReview(row.cells, { columns: reviews?.columns ?? {}, ref: settings.ref }, now);
    const ref = read.ok ? refOf(read.value.key) : null;
    if (!read.ok || ref === null) continue;
    const { id, submittedAt } = read.value;
    const ofRef = times.get(ref) ?? new Map<string, ReviewTime>();
    if (!ofRef.has(id)) ofRef.set(id, { id, submittedAt });
    times.set(ref, ofRef);
  }
  return new Map([...times].map(([ref, byId]) => [ref, [...byId.values()]]));
}
