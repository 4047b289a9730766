import { type ChainEntry, canonicalText, type Json, leafHash } from '@/lib/domain/audit/entry';
import { appendLeaf, type CompactRange, peakCount } from '@/lib/domain/audit/tree';

const HASH_BYTES = 32;

/** A row of the table `audit`, in the types that `ENTRY_COLUMNS` ask for. */
export type EntryRow = {
  seq: number;
  prev: string;
  hash: string;
  id: string;
  at: Date;
  actor: Json;
  act: string;
  target: string;
  before: Json;
  after: Json;
  reason: string | null;
  request_id: string | null;
  policy_version: number | null;
};

/** What a row says, as it was hashed. A value that JSON calls null was never written: verbs leave out what there is not. */
export function entryOf(orgId: string, row: EntryRow): ChainEntry {
  const { seq, prev, id, at, actor, act, target, before, after, reason, request_id, policy_version } = row;
  return {
    v: 1,
    org: orgId,
    seq,
    prev,
    id,
    at: at.toISOString(),
    actor,
    act,
    target,
    ...(before !== null && { before }),
    ...(after !== null && { after }),
    ...(reason !== null && { reason }),
    ...(request_id !== null && { requestId: request_id }),
    ...(policy_version !== null && { policyVersion: policy_version }),
  };
}

/** The end of a chain: its tree, and the hash of its last entry in hex. */
export type Head = { range: CompactRange; last: string };

/** Chains a new entry. @returns its canonical text, its hash, and the head behind it */
export function chained(entry: ChainEntry, { range }: Head): { canonical: string; leaf: Buffer; head: Head } {
  const canonical = canonicalText(entry);
  const leaf = leafHash(canonical);
  return { canonical, leaf, head: { range: appendLeaf(range, leaf), last: leaf.toString('hex') } };
}

export function packPeaks({ peaks }: CompactRange): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([...peaks]));
}

export function unpackRange(size: number, packed: Uint8Array): CompactRange {
  if (packed.length !== (size === 0 ? 0 : peakCount(size)) * HASH_BYTES)
    throw new Error(`The peaks of a tree of size ${size} are damaged.`);
  const peaks = Array.from({ length: packed.length / HASH_BYTES }, (_, index) =>
    Buffer.from(packed.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)),
  );
  return { size, peaks };
}
