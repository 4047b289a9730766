import { Prisma } from '@/generated/prisma/client';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { EntryRow } from '../chain';

/** The columns of an `EntryRow`. */
export const ENTRY_COLUMNS = Prisma.sql`a.seq::float8 AS seq, encode(a.prev_hash, 'hex') AS prev, encode(a.hash, 'hex') AS hash,
  a.id::text AS id, a.at, a.actor, a.act, a.target, a.before, a.after, a.reason, a.request_id, a.policy_version`;

/** Entries in their order, from the one behind `after`. */
export function readEntries(
  tx: Tx,
  orgId: OrgId,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<EntryRow[]> {
  return tx.$queryRaw<EntryRow[]>`
    SELECT ${ENTRY_COLUMNS} FROM audit a
    WHERE a.org_id = ${orgId}::uuid AND a.seq > ${after}::bigint AND a.seq <= ${until}::bigint ORDER BY a.seq LIMIT ${limit}`;
}

export type StoredHead = {
  size: number;
  hash: string;
  peaks: Uint8Array;
  startSize: number;
  startHash: string;
  startPeaks: Uint8Array;
};

/** Where the chain ends and, after retention, begins; null when nothing was ever recorded. */
export async function readHead(tx: Tx, orgId: OrgId): Promise<StoredHead | null> {
  const [head] = await tx.$queryRaw<StoredHead[]>`
    SELECT size::float8 AS size, encode(hash, 'hex') AS hash, peaks, start_size::float8 AS "startSize",
      encode(start_hash, 'hex') AS "startHash", start_peaks AS "startPeaks"
    FROM audit_head WHERE org_id = ${orgId}::uuid`;
  return head ?? null;
}
