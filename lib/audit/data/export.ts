import { originOf } from '@/lib/domain/audit/checkpoint';
import { canonicalText, NO_HASH } from '@/lib/domain/audit/entry';
import { entryLine, headLine, lineOf } from '@/lib/domain/audit/lines';
import { EMPTY_RANGE } from '@/lib/domain/audit/tree';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { entryOf, unpackRange } from '../chain';
import { readEntries, readHead } from './entries';

/** Small enough for a transaction of milliseconds; a long export holds none open. */
const BATCH = 2_000;

/**
 * The whole record as it can be verified offline, a line at a time: head, entries and signed checkpoints, end. What is written
 * while it is read is not in it. Retention that takes entries away meanwhile leaves a gap, which verification would name.
 */
export async function* exportRecord(orgId: OrgId): AsyncGenerator<string> {
  const { head, keys, notes } = await inOrg(orgId, async (tx) => ({
    head: await readHead(tx, orgId),
    keys: await tx.auditKey.findMany({ where: { orgId }, orderBy: { createdAt: 'asc' } }),
    notes: await tx.auditCheckpoint.findMany({
      where: { orgId },
      orderBy: { size: 'asc' },
      select: { size: true, note: true },
    }),
  }));
  const { size, hash, startSize, startHash } = head ?? {
    size: 0,
    hash: NO_HASH,
    startSize: 0,
    startHash: '',
  };
  const start = head ? unpackRange(startSize, head.startPeaks) : EMPTY_RANGE;
  const verifiers = keys.map(({ verifier }) => verifier);
  yield headLine(originOf(orgId), verifiers, start, startSize === 0 ? NO_HASH : startHash);
  const waiting = notes.filter((note) => note.size >= startSize && note.size <= size);
  const checkpointsAt = function* (place: number): Generator<string> {
    while (waiting[0] !== undefined && waiting[0].size <= place) {
      yield lineOf({ checkpoint: waiting.shift()?.note ?? '' });
    }
  };
  yield* checkpointsAt(startSize);
  for (let after = startSize; after < size; ) {
    const rows = await inOrg(orgId, (tx) => readEntries(tx, orgId, { after, until: size, limit: BATCH }));
    for (const row of rows) {
      yield entryLine(canonicalText(entryOf(orgId, row)), row.hash);
      yield* checkpointsAt(row.seq);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.seq;
  }
  yield lineOf({ end: { size, hash } });
}
