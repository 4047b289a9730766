import { AppError } from '@/lib/platform/errors';
import { type Columns, FIELDS, type FieldOf, fieldsOf, nameKey, type TableKind } from './fields';

/** Recognises columns by their names; each column serves one field, the best-fitting name first. */
export function guessColumns<K extends TableKind>(
  kind: K,
  header: readonly string[],
  taken: readonly string[] = [],
): Columns<K> {
  const free = new Map(
    header.filter((column) => !taken.includes(column)).map((column) => [nameKey(column), column]),
  );
  const found: Partial<Record<FieldOf<K>, string>> = {};
  for (const field of fieldsOf(kind)) {
    const synonyms = FIELDS[kind][field] as readonly string[];
    const key = [nameKey(field), ...synonyms.map(nameKey)].find((name) => free.has(name));
    const column = key === undefined ? undefined : free.get(key);
    if (key === undefined || column === undefined) continue;
    found[field] = column;
    free.delete(key);
  }
  return found;
}

/** Whether a table without a mapping is one of reviews rather than of pull requests. */
export function looksLikeReviews(header: readonly string[]): boolean {
  const review = guessColumns('reviews', header);
  const names = new Set(header.map(nameKey));
  const isReview = ['review_id', 'reviewer', 'submitted_at', 'verdict'].some((name) =>
    names.has(nameKey(name)),
  );
  return isReview && review.reviewer !== undefined && !names.has('title') && !names.has('mergedat');
}

const COLUMNS_SHOWN = 40;
const NAME_SHOWN = 60;

/** The names of columns for people: not more, and not longer ones, than anybody reads. */
export function listColumns(header: readonly string[]): string {
  const names = header
    .slice(0, COLUMNS_SHOWN)
    .map((name) => (name.length > NAME_SHOWN ? `${name.slice(0, NAME_SHOWN)}…` : name))
    .join(', ');
  const more = header.length - COLUMNS_SHOWN;
  return more > 0 ? `${names} and ${more.toLocaleString('en')} more` : names;
}

type Need = { says: string; anyOf: readonly (readonly string[])[] };

/** Without these a row means nothing. Each need is met by any of its combinations of fields. */
const NEEDS: Readonly<Record<TableKind, readonly Need[]>> = {
  pullRequests: [
    {
      says: 'which pull request a row is',
      anyOf: [['id'], ['repository', 'number'], ['url']],
    },
    { says: 'when it was opened', anyOf: [['createdAt']] },
    { says: 'what became of it', anyOf: [['state'], ['mergedAt'], ['closedAt']] },
  ],
  reviews: [
    {
      says: 'which pull request was reviewed',
      anyOf: [['pullRequest'], ['repository', 'number']],
    },
    { says: 'who reviewed', anyOf: [['reviewer']] },
    { says: 'what the verdict was', anyOf: [['verdict']] },
    { says: 'when it was given', anyOf: [['submittedAt']] },
  ],
  timeline: [
    {
      says: 'which pull request a row belongs to',
      anyOf: [['pullRequest'], ['repository', 'number']],
    },
    { says: 'what happened', anyOf: [['event']] },
    { says: 'when it happened', anyOf: [['at']] },
  ],
};

/**
 * Settles which column holds which field: what was said explicitly, and guesses for the rest.
 * Throws `invalid` with the columns there are and the flag to use, when something necessary is missing.
 */
export function settleColumns<K extends TableKind>(
  kind: K,
  file: string,
  header: readonly string[],
  said: Columns<K>,
): Columns<K> {
  const named = Object.values(said).filter((column): column is string => typeof column === 'string');
  const absent = named.filter((column) => !header.includes(column));
  const there = `Its columns are ${listColumns(header)}.`;
  if (absent.length > 0)
    throw new AppError('invalid', `${file} has no column ${absent.join(', ')}. ${there}`);
  const columns = { ...guessColumns(kind, header, named), ...said };
  const has = (field: string) => Object.hasOwn(columns, field);
  const missing = NEEDS[kind].find(({ anyOf }) => !anyOf.some((fields) => fields.every(has)));
  if (!missing) return columns;
  throw new AppError(
    'invalid',
    `No column of ${file} says ${missing.says}. ${there} Name it with ${flagsFor(kind, missing.anyOf, has)}.`,
  );
}

/** What would meet the need, one way or another: `--map id=COLUMN, or --map repository=COLUMN and --map number=COLUMN`. */
function flagsFor(kind: TableKind, anyOf: Need['anyOf'], has: (field: string) => boolean): string {
  const table = kind === 'pullRequests' ? '' : `${kind}.`;
  const ways = anyOf.map((fields) =>
    fields
      .filter((field) => !has(field))
      .map((field) => `--map ${table}${field}=COLUMN`)
      .join(' and '),
  );
  return ways.join(', or ');
}
