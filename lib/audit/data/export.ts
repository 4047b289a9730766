import { originOf } from '@/lib/domain/audit/checkpoint';
import { canonicalText, NO_HASH } from '@/lib/domain/audit/entry';
import { entryLine, headLine, lineOf } from '@/lib/domain/audit/lines';
import { EMPTY_RANGE } from '@/lib/domain/audit/tree';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { entryOf, unpackRange } from '../chain';
import { lossesOf, notLost } from '../known-heads';
import { readEntries, readHead } from './entries';

/** Small enough for a transaction of milliseconds; a long export holds none open. */
const BATCH = 2_000;

/**
 * The whole record as it can be verified offline, a line at a time: head, entries and signed checkpoints, end. What is written
 * while it is read is not in it. Retention that takes entries away meanwhile leaves a gap, which verification would name.
 */
export async function* exportRecord(orgId: OrgId): AsyncGenerator<string> {
  const { head, keys, first } = await inOrg(orgId, async (tx) => {
    const found = await readHead(tx, orgId);
    return {
      head: found,
      keys: await tx.auditKey.findMany({ where: { orgId }, orderBy: { createdAt: 'asc' } }),
      first: await readNotes(tx, orgId, (found?.startSize ?? 0) - 1, found?.startSize ?? 0),
    };
  });
  const { size, hash, startSize, startHash } = head ?? {
    size: 0,
    hash: NO_HASH,
    startSize: 0,
    startHash: '',
  };
  const start = head ? unpackRange(startSize, head.startPeaks) : EMPTY_RANGE;
  const verifiers = keys.map(({ verifier }) => verifier);
  yield headLine(originOf(orgId), verifiers, start, startSize === 0 ? NO_HASH : startHash);
  for (const note of first.values()) yield lineOf({ checkpoint: note });
  for (let after = startSize; after < size; ) {
    const { rows, notes } = await inOrg(orgId, async (tx) => {
      const read = await readEntries(tx, orgId, { after, until: size, limit: BATCH });
      return { rows: read, notes: await readNotes(tx, orgId, after, read.at(-1)?.seq ?? after) };
    });
    for (const row of rows) {
      yield entryLine(canonicalText(entryOf(orgId, row)), row.hash);
      const note = notes.get(row.seq);
      if (note !== undefined) yield lineOf({ checkpoint: note });
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.seq;
  }
  yield lineOf({ end: { size, hash } });
}

/** The checkpoints of sizes above `after` and up to `until`, by size. */
async function readNotes(tx: Tx, orgId: OrgId, after: number, until: number): Promise<Map<number, string>> {
  const notes = await tx.auditCheckpoint.findMany({
    where: { orgId, size: { gt: after, lte: until }, ...notLost(await lossesOf(tx, orgId)) },
    select: { size: true, note: true },
  });
  return new Map(notes.map(({ size, note }) => [Number(size), note]));
}
