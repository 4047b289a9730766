import { Prisma } from '@/generated/prisma/client';
import { changesOf } from '@/lib/domain/audit/changes';
import type { Json } from '@/lib/domain/audit/entry';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import type { EntryRow } from '../chain';
import type { AuditFilters, AuditRow, AuditSubject } from '../types';
import { ENTRY_COLUMNS } from './entries';
import { subjectsOf } from './subjects';

const PAGE = 50;
const DAY_MS = 86_400_000;

export type AuditList = { items: AuditRow[]; nextCursor: string | null };

/** Entries, the latest first, a page at a time on the primary key. */
export async function listAudit(
  tx: Tx,
  orgId: OrgId,
  filters: AuditFilters,
  cursor: string | undefined,
): Promise<AuditList> {
  const before = cursor === undefined ? null : placeOf(cursor);
  const rows = await tx.$queryRaw<EntryRow[]>`
    SELECT ${ENTRY_COLUMNS} FROM audit a WHERE a.org_id = ${orgId}::uuid ${whereOf(filters)}
      ${before === null ? Prisma.empty : Prisma.sql`AND a.seq < ${before}::bigint`}
    ORDER BY a.seq DESC LIMIT ${PAGE + 1}`;
  const shown = rows.slice(0, PAGE);
  const subjectOf = await subjectsOf(tx, orgId, shown);
  const items = shown.map((row) => toRow(row, subjectOf(row)));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > PAGE && last ? String(last.seq) : null };
}

function placeOf(cursor: string): number {
  if (!/^[1-9]\d{0,14}$/.test(cursor))
    throw new AppError('bad_request', 'This cursor is not one that Gait gave out. Begin again without it.');
  return Number(cursor);
}

/** Small enough for a transaction of milliseconds. */
const BATCH = 2_000;

/** Entries of a filter in their order, from the one behind `after`, `limit` at most. */
export async function* readAudit(
  orgId: OrgId,
  filters: AuditFilters,
  { after, limit = Number.POSITIVE_INFINITY }: { after: number; limit?: number | undefined },
): AsyncGenerator<EntryRow> {
  let place = after;
  for (let left = limit; left > 0; ) {
    const take = Math.min(BATCH, left);
    const rows = await inOrg(
      orgId,
      (tx) => tx.$queryRaw<EntryRow[]>`
        SELECT ${ENTRY_COLUMNS} FROM audit a
        WHERE a.org_id = ${orgId}::uuid AND a.seq > ${place}::bigint ${whereOf(filters)} ORDER BY a.seq LIMIT ${take}`,
    );
    yield* rows;
    if (rows.length < take) return;
    left -= rows.length;
    place = rows.at(-1)?.seq ?? place;
  }
}

/** The acts that the record holds, found by hopping along the index, not by reading every entry. */
export async function listActs(tx: Tx, orgId: OrgId): Promise<string[]> {
  const rows = await tx.$queryRaw<{ act: string }[]>`
    WITH RECURSIVE found AS (
      (SELECT act FROM audit WHERE org_id = ${orgId}::uuid ORDER BY act LIMIT 1)
      UNION ALL
      SELECT (SELECT a.act FROM audit a WHERE a.org_id = ${orgId}::uuid AND a.act > found.act ORDER BY a.act LIMIT 1)
      FROM found WHERE found.act IS NOT NULL
    ) SELECT act FROM found WHERE act IS NOT NULL`;
  return rows.map(({ act }) => act);
}

function whereOf({ who, act, target, from, to }: AuditFilters): Prisma.Sql {
  const parts = [
    who && Prisma.sql`a.actor->>'name' ILIKE ${likeOf(who)}`,
    act && Prisma.sql`a.act = ${act}`,
    target && Prisma.sql`a.target ILIKE ${likeOf(target)}`,
    from && Prisma.sql`a.at >= ${new Date(from)}`,
    to && Prisma.sql`a.at < ${new Date(Date.parse(to) + DAY_MS)}`,
  ].filter((part) => part instanceof Prisma.Sql);
  return parts.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join(parts, ' AND ')}`;
}

function likeOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

function toRow(row: EntryRow, subject: AuditSubject): AuditRow {
  const { seq, at, act, target, before, after, reason, hash } = row;
  const actor = actorOf(row.actor);
  return {
    seq,
    at: at.toISOString(),
    who: actor.name,
    authenticatedBy: actor.authenticatedBy,
    act,
    target,
    subject,
    changes: changesOf(before, after),
    reason,
    requestId: row.request_id,
    policyVersion: row.policy_version,
    hash,
  };
}

/** Who stands in an entry: rows from before the chain say less. */
export function actorOf(actor: Json): { kind: string; name: string; authenticatedBy: string | null } {
  const fields = typeof actor === 'object' && actor !== null && !Array.isArray(actor) ? actor : {};
  const textIn = (key: string) => {
    const value: unknown = (fields as Record<string, unknown>)[key];
    return typeof value === 'string' ? value : null;
  };
  return {
    kind: textIn('kind') ?? 'unknown',
    name: textIn('name') ?? 'unknown',
    authenticatedBy: textIn('authenticatedBy'),
  };
}
