import type { Columns } from './fields';
import { taskRef } from './identity';
import { type CellReader, readCells } from './read-cells';
import type { ReadRow } from './read-pull-request';
import type { Cells } from './tables/table';

export type Verdict = 'approved' | 'changes_requested' | 'commented';

/** One review of a pull request, named by the key under which the table of pull requests knows it. */
export type Review = {
  readonly key: string;
  readonly id: string;
  readonly reviewer: string;
  readonly verdict: Verdict;
  /** When it was dismissed, in ms; of a dismissed review that does not say: when it was given. */
  readonly dismissedAt: number | undefined;
  readonly submittedAt: number;
  readonly headSha: string | undefined;
};

/**
 * Where a forge says `dismissed`, that word stands in the place of the verdict, which is lost: such a review is
 * imported as a comment that was dismissed, so that no verdict stands that nobody can prove.
 */
const VERDICTS: ReadonlyMap<string, Verdict | 'dismissed'> = new Map([
  ['approved', 'approved'],
  ['approve', 'approved'],
  ['accepted', 'approved'],
  ['changesrequested', 'changes_requested'],
  ['requestchanges', 'changes_requested'],
  ['requestedchanges', 'changes_requested'],
  ['rejected', 'changes_requested'],
  ['commented', 'commented'],
  ['comment', 'commented'],
  ['dismissed', 'dismissed'],
]);

/** The key of the pull request that a row of another table belongs to. */
export function readJoinKey(
  read: CellReader<'pullRequest' | 'repository' | 'number'>,
  ref: string | undefined,
): string | undefined {
  const id = read.text('pullRequest');
  if (id !== undefined) return `id ${id}`;
  const repository = read.text('repository');
  const number = read.number('number');
  if (repository === undefined || number === undefined) return undefined;
  return `ref ${taskRef({ repository, number }, ref)}`;
}

export function readReview(
  cells: Cells,
  { columns, ref }: { columns: Columns<'reviews'>; ref: string | undefined },
  now: number,
): ReadRow<Review> {
  const read = readCells(cells, columns, now);
  const { problems } = read;
  const key = readJoinKey(read, ref);
  const reviewer = read.text('reviewer');
  const word = read.text('verdict');
  const said = word === undefined ? undefined : VERDICTS.get(word.toLowerCase().replaceAll(/[^a-z]/g, ''));
  const submittedAt = read.time('submittedAt');
  const dismissed = read.time('dismissedAt');
  if (key === undefined) problems.push('nothing in it says which pull request was reviewed');
  if (reviewer === undefined) problems.push('it has no reviewer');
  if (word === undefined) problems.push('it has no verdict');
  else if (said === undefined) {
    problems.push(
      `verdict "${word.slice(0, 60)}" is not known; approved, changes requested, commented and dismissed are`,
    );
  }
  if (submittedAt === undefined && problems.length === 0) problems.push('it has no time');
  if (
    key === undefined ||
    reviewer === undefined ||
    said === undefined ||
    submittedAt === undefined ||
    problems.length > 0
  ) {
    return { ok: false, reasons: problems };
  }
  const verdict = said === 'dismissed' ? 'commented' : said;
  return {
    ok: true,
    value: {
      key,
      id: read.text('id') ?? `${reviewer}/${new Date(submittedAt).toISOString()}/${verdict}`,
      reviewer,
      verdict,
      submittedAt,
      dismissedAt: dismissed ?? (said === 'dismissed' ? submittedAt : undefined),
      headSha: read.text('headSha'),
    },
  };
}
