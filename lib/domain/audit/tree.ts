import { hash } from 'node:crypto';

/**
 * What must be known of a Merkle tree (RFC 6962 §2.1) to append to it and to name its root: the roots of its perfect subtrees,
 * largest first, one for each bit that is set in its size. O(log n) in room, and in time per leaf.
 */
export type CompactRange = { readonly size: number; readonly peaks: readonly Buffer[] };

export const EMPTY_RANGE: CompactRange = { size: 0, peaks: [] };

/** How many peaks a tree of this size has: the number of its bits that are set. */
export function peakCount(size: number): number {
  return size.toString(2).replaceAll('0', '').length;
}

/** SHA-256(0x01 ‖ left ‖ right), 32 bytes: RFC 6962 §2.1. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  node.set(left, 1);
  node.set(right, 33);
  return hash('sha256', node, 'buffer');
}

/** 0x01 and room for two hashes: filled and hashed at once, so one is enough. */
const node = Buffer.alloc(65, 1);

/** The tree with one more leaf: as many peaks merge as the old size has bits set at its end. */
export function appendLeaf({ size, peaks }: CompactRange, leaf: Buffer): CompactRange {
  const grown = [...peaks];
  let merged = leaf;
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) merged = nodeHash(popped(grown), merged);
  grown.push(merged);
  return { size: size + 1, peaks: grown };
}

function popped(peaks: Buffer[]): Buffer {
  const peak = peaks.pop();
  if (peak === undefined) throw new Error('The tree has fewer peaks than its size says.');
  return peak;
}

/** The root, 32 bytes: peaks joined from the smallest to the largest; SHA-256 of nothing when there is no leaf. */
export function treeRoot({ peaks }: CompactRange): Buffer {
  const joined = peaks.reduceRight<Buffer | null>(
    (right, peak) => (right === null ? peak : nodeHash(peak, right)),
    null,
  );
  return joined ?? hash('sha256', '', 'buffer');
}
