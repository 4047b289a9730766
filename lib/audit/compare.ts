import type { AlarmCode } from '@/lib/domain/audit/alarm';
import { originOf } from '@/lib/domain/audit/checkpoint';
import { isLost, type Loss } from '@/lib/domain/audit/loss';
import { appendLeaf, type CompactRange, EMPTY_RANGE, treeRoot } from '@/lib/domain/audit/tree';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { unpackRange } from './chain';
import type { StoredHead } from './data/entries';
import { type KnownHead, notLost, proofs } from './known-heads';
import { allInFile } from './outside/checkpoint-file';

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
  const start = startOf(head);
  const stored = await storedRanges(tx, orgId, rooted, losses);
  const range = await rangeAt(tx, orgId, start, latest, stored);
  const end = range && (await extend(tx, orgId, range, size));
  const isContinued = end !== null && treeRoot(end).equals(treeRoot(unpackRange(size, head.peaks)));
  if (!isSame(range, latest) || !isContinued) return { code: 'differs', known: latest };
  for (const one of distinct(earlier))
    if (!isSame(await rangeAt(tx, orgId, start, one, stored), one)) return { code: 'differs', known: one };
  return null;
}

/**
 * The last size at which the log has the root of a checkpoint of the file, or of another known head, before the first at which it has
 * not. The file is read from its beginning, so this is only for a log that has already been found not to agree.
 */
export async function agreedSize(
  tx: Tx,
  orgId: OrgId,
  head: StoredHead | null,
  known: readonly KnownHead[],
  losses: readonly Loss[],
): Promise<number> {
  if (head === null) return 0;
  const isProof = await proofs(tx, orgId, losses);
  let agreed = startOf(head);
  let end = head.size;
  const compare = async (one: Pick<KnownHead, 'size' | 'root'>, stored: StoredRanges): Promise<boolean> => {
    const range = await rangeAt(tx, orgId, agreed, one, stored);
    const isEqual = isSame(range, one);
    if (isEqual && range !== null) agreed = range;
    return isEqual;
  };
  for await (const checkpoints of allInFile(originOf(orgId))) {
    const stored = await storedRanges(tx, orgId, checkpoints, losses);
    for (const one of checkpoints) {
      if (one.size <= agreed.size || one.size > end || isLost(one, losses)) continue;
      if (!(await compare(one, stored)) && isProof(one)) end = one.size - 1;
    }
  }
  const others = known.filter(({ root }) => root !== null).toSorted((a, b) => a.size - b.size);
  const stored = await storedRanges(tx, orgId, others, losses);
  for (const one of others) {
    if (one.size <= agreed.size || one.size > end) continue;
    if (!(await compare(one, stored))) break;
  }
  return agreed.size;
}

function isSame(range: CompactRange | null, { root }: Pick<KnownHead, 'root'>): boolean {
  return range !== null && root !== null && treeRoot(range).equals(root);
}

function distinct(heads: readonly KnownHead[]): KnownHead[] {
  return [...new Map(heads.map((head) => [`${head.size} ${head.root?.toString('hex')}`, head])).values()];
}

function startOf({ startSize, startPeaks }: StoredHead): CompactRange {
  return startSize === 0 ? EMPTY_RANGE : unpackRange(startSize, startPeaks);
}

/** The log's trees at sizes at which it was signed, as the database holds them. */
type StoredRanges = ReadonlyMap<number, CompactRange>;

async function storedRanges(
  tx: Tx,
  orgId: OrgId,
  at: readonly { size: number }[],
  losses: readonly Loss[],
): Promise<StoredRanges> {
  const rows = await tx.auditCheckpoint.findMany({
    where: { orgId, size: { in: at.map(({ size }) => size) }, ...notLost(losses) },
    orderBy: { losses: 'asc' },
    select: { size: true, peaks: true },
  });
  return new Map(rows.map(({ size, peaks }) => [Number(size), unpackRange(Number(size), peaks)]));
}

/** The log's tree at a size: as it is stored where that has the expected root, else by the entries behind `from`. Null when some are missing. */
async function rangeAt(
  tx: Tx,
  orgId: OrgId,
  from: CompactRange,
  expected: Pick<KnownHead, 'size' | 'root'>,
  stored: StoredRanges,
): Promise<CompactRange | null> {
  const range = stored.get(expected.size) ?? null;
  return isSame(range, expected) ? range : extend(tx, orgId, from, expected.size);
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
