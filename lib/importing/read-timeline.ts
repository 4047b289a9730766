import { refSchema } from '@/lib/domain/event';
import type { Columns } from './fields';
import { readCells } from './read-cells';
import type { ReadRow } from './read-pull-request';
import { readJoinKey } from './read-review';
import type { Cells } from './tables/table';

/** The kinds of entries that say something Gait keeps, by GitHub's names. */
const KINDS = [
  'committed',
  'reviewed',
  'head_ref_force_pushed',
  'merged',
  'closed',
  'reopened',
  'labeled',
  'unlabeled',
] as const;

export type TimelineKind = (typeof KINDS)[number];

/** Short texts without control characters, so that no entry makes its pull request's events invalid. */
const fitting = refSchema.max(100);

/** One entry. Commits and reviews bear no time on GitHub's timeline: their place in the order tells. */
export type TimelineEntry = {
  readonly kind: TimelineKind | 'other';
  readonly at: number | undefined;
  readonly actor: string | undefined;
  readonly sha: string | undefined;
  readonly label: string | undefined;
};

export function readTimeline(
  cells: Cells,
  { columns, ref }: { columns: Columns<'timeline'>; ref: string | undefined },
  now: number,
): ReadRow<TimelineEntry & { key: string }> {
  const read = readCells(cells, columns, now);
  const { problems } = read;
  const key = readJoinKey(read, ref);
  const word = read.text('event')?.toLowerCase();
  const kind = KINDS.find((known) => known === word) ?? 'other';
  const at = read.time('at');
  const sha = read.text('sha');
  if (key === undefined) problems.push('nothing in it says which pull request it belongs to');
  if (word === undefined) problems.push('it does not say what happened');
  const isUndated = kind === 'committed' || kind === 'reviewed';
  if (problems.length === 0 && isUndated && sha === undefined) problems.push('it names no commit');
  if (problems.length === 0 && !isUndated && kind !== 'other' && at === undefined)
    problems.push('it has no time');
  for (const field of ['sha', 'actor', 'label'] as const) {
    const value = read.text(field);
    if (value !== undefined && !fitting.safeParse(value).success)
      problems.push(`${field} is longer than 100 characters, or holds control characters`);
  }
  if (key === undefined || problems.length > 0) return { ok: false, reasons: problems };
  return { ok: true, value: { key, kind, at, sha, actor: read.text('actor'), label: read.text('label') } };
}
