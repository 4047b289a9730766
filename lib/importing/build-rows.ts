import { type Course, courseOf } from './course';
import type { Dataset } from './dataset';
import { type CheckedEvent, checkEvents, eventsOfPullRequest, eventsOfReview } from './events';
import { orphanReason, type TableIndex } from './index-tables';
import { type PullRequest, readPullRequest } from './read-pull-request';
import { readReview } from './read-review';
import type { TableRow } from './tables/table';
import { type TallyFacts, tallyFacts } from './tally';

/** What rows are read with. */
export type Joined = {
  readonly dataset: Dataset;
  readonly index: TableIndex;
  /** The commit that each review looked at, by ref and review id; known once the pull request was built. */
  readonly reviewedHeads: Map<string, ReadonlyMap<string, string>>;
  readonly now: number;
};

export type Unusable = { readonly outcome: 'refused' | 'orphan'; readonly reasons: readonly string[] };
export type BuiltPullRequest = {
  readonly events: CheckedEvent[];
  readonly facts: TallyFacts;
  readonly contradictions: Course['contradictions'];
};
export type BuiltReview = { readonly events: CheckedEvent[] };

const refused = (reasons: readonly string[]): Unusable => ({ outcome: 'refused', reasons });

export function buildPullRequest(row: TableRow, joined: Joined): BuiltPullRequest | Unusable {
  const { dataset, now } = joined;
  if (!('cells' in row)) return refused([row.reason]);
  const read = readPullRequest(row.cells, dataset.settings, now);
  if (!read.ok) return refused(read.reasons);
  const pr = read.value;
  const course = dataset.timeline && courseIn(joined.index, pr);
  const events = checkEvents(eventsOfPullRequest(pr, dataset.settings.source, course), now);
  if ('reasons' in events) return refused(events.reasons);
  if (course && course.reviewedHeads.size > 0) joined.reviewedHeads.set(pr.ref, course.reviewedHeads);
  return {
    events,
    facts: tallyFacts(pr, course?.labels?.names),
    contradictions: course?.contradictions ?? [],
  };
}

function courseIn({ timelines, reviews }: TableIndex, pr: PullRequest): Course {
  const { entries, isContiguous } = timelines.get(pr.ref) ?? { entries: [], isContiguous: true };
  return courseOf(pr, entries, reviews.get(pr.ref) ?? [], isContiguous);
}

export function buildReview(
  row: TableRow,
  { dataset, index, reviewedHeads, now }: Joined,
): BuiltReview | Unusable {
  if (!('cells' in row)) return refused([row.reason]);
  const { reviews, settings } = dataset;
  const read = readReview(row.cells, { columns: reviews?.columns ?? {}, ref: settings.ref }, now);
  if (!read.ok) return refused(read.reasons);
  const review = read.value;
  const ref = refOfReview(review.key, dataset, index);
  if (typeof ref !== 'string') return ref;
  const head = review.headSha ?? reviewedHeads.get(ref)?.get(review.id);
  const events = checkEvents(eventsOfReview(review, ref, settings.source, head), now);
  return 'reasons' in events ? refused(events.reasons) : { events };
}

function refOfReview(key: string, { pullRequests }: Dataset, index: TableIndex): string | Unusable {
  if (index.pullRequests) {
    const found = index.pullRequests.get(key);
    const reason = orphanReason(found, key, pullRequests?.table.file ?? '');
    if (reason !== null) return { outcome: 'orphan', reasons: [reason] };
    return found && 'ref' in found ? found.ref : key;
  }
  const [, kind, name = ''] = /^(\w+) (.*)$/s.exec(key) ?? [];
  if (kind === 'ref' || name.includes('#')) return name;
  return {
    outcome: 'orphan',
    reasons: [`only the table of pull requests says which one ${name} is: import both together`],
  };
}
