import { isSameHead } from '@/lib/domain/task-course';
import type { PullRequest } from './read-pull-request';
import type { TimelineEntry } from './read-timeline';

/** What a timeline adds to a row of the table. */
export type Course = {
  /** The head it was opened with. */
  readonly firstHead: string | undefined;
  readonly pushes: readonly {
    readonly at: number;
    readonly headSha: string;
    readonly by: string | undefined;
  }[];
  /** The labels it bore in the end, and since when. */
  readonly labels: { readonly at: number; readonly names: readonly string[] } | undefined;
  /** Who merged or closed it. */
  readonly decidedBy: string | undefined;
  /**
   * The commit that each review stands on, by the review's id. GitHub carries a review over to the new head when a
   * rebase left the change as it was, so this tells more than the times of the commits.
   */
  readonly reviewedHeads: ReadonlyMap<string, string>;
  readonly contradictions: readonly Contradiction[];
};

/** Where the timeline and the table differ; the table stands. */
export const CONTRADICTIONS = {
  merged_in_timeline_only: 'called merged by the timeline, but not by the table',
  merged_in_table_only: 'merged in the table, without a merge in the timeline',
  closed_in_timeline_only: 'closed and not reopened in the timeline, but open in the table',
  out_of_order: 'with a timeline that is not in the order of time, so that its commits could not be dated',
} as const;
export type Contradiction = keyof typeof CONTRADICTIONS;

export type ReviewTime = { readonly id: string; readonly submittedAt: number };

/** The table's and the timeline's clocks may differ by so much: closings are a second apart in practice. */
const SAME_MOMENT_MS = 60_000;

const NOTHING: Pick<Course, 'firstHead' | 'pushes' | 'reviewedHeads'> = {
  firstHead: undefined,
  pushes: [],
  reviewedHeads: new Map(),
};

/**
 * Reads a pull request's timeline. Entries stand in the order of time; those without a time happened after
 * the entry before them. @param isContiguous whether the file holds the entries in one block
 */
export function courseOf(
  pr: Pick<PullRequest, 'state' | 'createdAt' | 'decidedAt'>,
  entries: readonly TimelineEntry[],
  reviews: readonly ReviewTime[],
  isContiguous = true,
): Course {
  const isInOrder = isContiguous && isChronological(entries);
  return {
    ...(isInOrder ? followHeads(pr, entries, reviews) : NOTHING),
    labels: labelsOf(entries),
    decidedBy: deciderOf(pr, entries),
    contradictions: contradictionsOf(pr.state, entries, isInOrder),
  };
}

function isChronological(entries: readonly TimelineEntry[]): boolean {
  let last = 0;
  return entries.every(({ at }) => {
    const follows = at === undefined || at >= last;
    last = at ?? last;
    return follows;
  });
}

function followHeads(
  { createdAt, state }: Pick<PullRequest, 'state' | 'createdAt'>,
  entries: readonly TimelineEntry[],
  reviews: readonly ReviewTime[],
): Pick<Course, 'firstHead' | 'pushes' | 'reviewedHeads'> {
  const byTime = [...reviews].sort((a, b) => a.submittedAt - b.submittedAt || (a.id < b.id ? -1 : 1));
  // The timeline names no reviews, only that there was one: with equal numbers the order tells which is which.
  const isMatched = entries.filter(({ kind }) => kind === 'reviewed').length === byTime.length;
  const reviewedHeads = new Map<string, string>();
  const pushes: Course['pushes'][number][] = [];
  let firstHead: string | undefined;
  let at = createdAt;
  let pending: string | undefined;
  let isOpening = true;
  const settle = (): void => {
    if (pending !== undefined && isOpening) firstHead = pending;
    else if (pending !== undefined) pushes.push({ at, headSha: pending, by: undefined });
    pending = undefined;
  };
  const moveTo = (time: number): void => {
    settle();
    at = Math.max(at, time);
    isOpening = false;
  };
  for (const [index, entry] of entries.entries()) {
    // What follows the merge is no part of the change.
    if (entry.kind === 'merged' && state === 'merged') break;
    if (entry.kind === 'committed') {
      if (entry.sha !== undefined && !isPushedLater(entries, index, entry.sha)) pending = entry.sha;
    } else if (entry.kind === 'reviewed') {
      const review = isMatched ? byTime[reviewedHeads.size] : undefined;
      if (review === undefined) continue;
      moveTo(review.submittedAt);
      reviewedHeads.set(review.id, entry.sha ?? '');
    } else if (entry.at !== undefined) {
      moveTo(entry.at);
      if (entry.kind === 'head_ref_force_pushed' && entry.sha !== undefined) {
        pushes.push({ at, headSha: entry.sha, by: entry.actor });
      }
    }
  }
  settle();
  return { firstHead, pushes, reviewedHeads };
}

/** GitHub lists the commits of a rewritten branch by their own dates, before the push that brought them. */
function isPushedLater(entries: readonly TimelineEntry[], index: number, sha: string): boolean {
  return entries.some(
    (entry, later) =>
      later > index &&
      entry.kind === 'head_ref_force_pushed' &&
      entry.sha !== undefined &&
      isSameHead(entry.sha, sha),
  );
}

function labelsOf(entries: readonly TimelineEntry[]): Course['labels'] {
  const names = new Set<string>();
  let since: number | undefined;
  for (const { kind, at, label } of entries.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
    if (label === undefined || at === undefined) continue;
    if (kind === 'labeled') names.add(label);
    else if (kind === 'unlabeled') names.delete(label);
    else continue;
    since = at;
  }
  return since === undefined ? undefined : { at: since, names: [...names].sort().slice(0, 100) };
}

function deciderOf(
  { state, decidedAt }: Pick<PullRequest, 'state' | 'decidedAt'>,
  entries: readonly TimelineEntry[],
): string | undefined {
  if (decidedAt === undefined) return undefined;
  const distance = ({ at }: TimelineEntry) => Math.abs((at ?? 0) - decidedAt);
  return entries
    .filter((entry) => entry.kind === state && entry.actor !== undefined && distance(entry) <= SAME_MOMENT_MS)
    .sort((a, b) => distance(a) - distance(b) || ((a.actor ?? '') < (b.actor ?? '') ? -1 : 1))[0]?.actor;
}

function contradictionsOf(
  state: PullRequest['state'],
  entries: readonly TimelineEntry[],
  isInOrder: boolean,
): Contradiction[] {
  const isMerged = entries.some(({ kind }) => kind === 'merged');
  const lastTurn = entries.findLast(({ kind }) => kind === 'closed' || kind === 'reopened')?.kind;
  const found: Contradiction[] = [];
  if (isMerged && state !== 'merged') found.push('merged_in_timeline_only');
  if (!isMerged && state === 'merged') found.push('merged_in_table_only');
  if (!isMerged && state === 'open' && lastTurn === 'closed') found.push('closed_in_timeline_only');
  if (!isInOrder) found.push('out_of_order');
  return found;
}
