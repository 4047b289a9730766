import type { AlarmCode } from '@/lib/domain/audit/alarm';
import type { Loss } from '@/lib/domain/audit/loss';
import { appendLeaf, type CompactRange, EMPTY_RANGE, treeRoot } from '@/lib/domain/audit/tree';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { unpackRange } from './chain';
import type { StoredHead } from './data/entries';
import { type KnownHead, notLost } from './known-heads';

/** Hashes of entries read at a time. */
const BATCH = 10_000;

/** What the log does not agree with. */
export type Conflict = { code: Exclude<AlarmCode, 'unverified'>; known: KnownHead };

/**
 * Compares the log's head with every head that is known. It agrees when it reaches as far as the largest of them, has that one's root
 * there, and grew from there to its own root by the entries that follow: then the head is a continuation of what was signed.
 * @returns null when it agrees
 */
export async function findConflict(
  tx: Tx,
  orgId: OrgId,
  head: StoredHead | null,
  known: readonly KnownHead[],
  losses: readonly Loss[],
): Promise<Conflict | null> {
  const size = head?.size ?? 0;
  const bySize = known.toSorted(
    (a, b) => b.size - a.size || Number(a.root === null) - Number(b.root === null),
  );
  const [largest] = bySize;
  if (largest !== undefined && largest.size > size) return { code: 'shorter', known: largest };
  if (head === null) return null;
  const rooted = bySize.filter(({ root, size: at }) => root !== null && at >= head.startSize);
  const [latest, ...earlier] = rooted;
  if (latest === undefined) return null;
  const range = await rangeAt(tx, orgId, head, latest.size, losses, latest.root);
  const end = range && (await extend(tx, orgId, range, size));
  const isContinued = end !== null && treeRoot(end).equals(treeRoot(unpackRange(size, head.peaks)));
  if (!isSame(range, latest) || !isContinued) return { code: 'differs', known: latest };
  for (const one of distinct(earlier))
    if (!isSame(await rangeAt(tx, orgId, head, one.size, losses, one.root), one))
      return { code: 'differs', known: one };
  return null;
}

/** The last size at which the log has the root of a known head, before the first at which it has not. */
export async function agreedSize(
  tx: Tx,
  orgId: OrgId,
  head: StoredHead | null,
  known: readonly KnownHead[],
): Promise<number> {
  if (head === null) return 0;
  const rooted = known.filter(
    ({ root, size }) => root !== null && size > head.startSize && size <= head.size,
  );
  let agreed = head.startSize;
  let range: CompactRange | null = startOf(head);
  for (const one of rooted.toSorted((a, b) => a.size - b.size)) {
    range = range && (await extend(tx, orgId, range, one.size));
    if (range === null) break;
    if (!isSame(range, one)) break;
    agreed = one.size;
  }
  return agreed;
}

function isSame(range: CompactRange | null, { root }: KnownHead): boolean {
  return range !== null && root !== null && treeRoot(range).equals(root);
}

function distinct(heads: readonly KnownHead[]): KnownHead[] {
  return [...new Map(heads.map((head) => [`${head.size} ${head.root?.toString('hex')}`, head])).values()];
}

function startOf({ startSize, startPeaks }: StoredHead): CompactRange {
  return startSize === 0 ? EMPTY_RANGE : unpackRange(startSize, startPeaks);
}

/** The log's tree at a size: as a stored checkpoint of the expected root has it, else from the entries. Null when some are missing. */
async function rangeAt(
  tx: Tx,
  orgId: OrgId,
  head: StoredHead,
  size: number,
  losses: readonly Loss[],
  expected: Buffer | null,
): Promise<CompactRange | null> {
  const stored = await tx.auditCheckpoint.findFirst({
    where: { orgId, size, ...notLost(losses) },
    orderBy: { losses: 'desc' },
    select: { peaks: true },
  });
  const range = stored && unpackRange(size, stored.peaks);
  if (range && expected !== null && treeRoot(range).equals(expected)) return range;
  return extend(tx, orgId, startOf(head), size);
}

/** A tree with the entries behind it up to a size. Null when some are missing. */
async function extend(tx: Tx, orgId: OrgId, from: CompactRange, size: number): Promise<CompactRange | null> {
  let range = from;
  while (range.size < size) {
    const rows = await tx.$queryRaw<{ hash: Uint8Array }[]>`
      SELECT hash FROM audit WHERE org_id = ${orgId}::uuid AND seq > ${range.size}::bigint AND seq <= ${size}::bigint
      ORDER BY seq LIMIT ${BATCH}`;
    if (rows.length === 0) return null;
    for (const { hash } of rows) range = appendLeaf(range, Buffer.from(hash));
  }
  return range.size === size ? range : null;
}
