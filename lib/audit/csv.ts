import { canonicalText } from '@/lib/domain/audit/entry';
import { csvCell } from '@/lib/domain/csv';
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
