import { canonicalText } from '@/lib/domain/audit/entry';
import { type EntryRow, entryOf } from './chain';
import { actorOf } from './data/list';

export const CSV_HEAD = [
  'seq',
  'at',
  'actor',
  'actorKind',
  'authenticatedBy',
  'act',
  'target',
  'before',
  'after',
  'reason',
  'requestId',
  'policyVersion',
  'hash',
].join(',');

/** A spreadsheet runs what begins with =, +, - or @, also behind blanks or quotes it strips: an apostrophe keeps it text. */
export function csvCell(value: string | number | null): string {
  const text = String(value ?? '');
  const safe =
    typeof value === 'string' && /^[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text)
      ? `'${text}`
      : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One entry as a row of CSV, in the order of `CSV_HEAD`. */
export function csvRow(orgId: string, row: EntryRow): string {
  const { seq, at, act, target, before, after, reason, requestId, policyVersion, actor } = entryOf(
    orgId,
    row,
  );
  const { kind, name, authenticatedBy } = actorOf(actor);
  const json = (value: typeof before) => (value === undefined ? null : canonicalText(value));
  return [
    seq,
    at,
    name,
    kind,
    authenticatedBy,
    act,
    target,
    json(before),
    json(after),
    reason,
    requestId,
    policyVersion,
    row.hash,
  ]
    .map((cell) => csvCell(cell ?? null))
    .join(',');
}
