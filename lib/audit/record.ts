import { type ChainEntry, type Json, NO_HASH, plainJson, storableText } from '@/lib/domain/audit/entry';
import type { Actor, Ctx, OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { chained, type Head, packPeaks, unpackRange } from './chain';

export type AuditEntry = {
  /** What was done, in the past tense: `token.created`. */
  act: string;
  /** What it was done to, as `kind:id`. */
  target: string;
  /** JSON values; what is undefined in them is left out. */
  before?: unknown;
  after?: unknown;
  reason?: string;
  policyVersion?: number;
};

/**
 * Writes down a deed in the transaction that does it: either both stand or neither. The entry is chained to the one before; the
 * head of the chain stays locked until the transaction ends, so that entries have no gap and no fork. Call it last: whoever holds
 * the head should wait for no other row.
 */
export async function recordAudit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  const head = await lockHead(tx, ctx.orgId);
  const at = ctx.clock.now();
  await append(tx, entryAt(ctx, entry, head, at), head, at);
}

/** Writes down many deeds at once, in their order: as `recordAudit` for each, in a few statements. */
export async function recordAudits(tx: Tx, ctx: Ctx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  let head = await lockHead(tx, ctx.orgId);
  const at = ctx.clock.now();
  const rows = entries.map((entry) => {
    const written = entryAt(ctx, entry, head, at);
    const { leaf, head: next } = chained(written, head);
    head = next;
    return { ...written, hash: leaf.toString('hex') };
  });
  await appendAll(tx, rows, head, at);
}

/** An entry as it stands behind the head. */
function entryAt(ctx: Ctx, entry: AuditEntry, head: Head, at: Date): ChainEntry {
  const { orgId, requestId } = ctx;
  const { act, target, before, after, reason, policyVersion } = entry;
  return {
    v: 1,
    org: orgId,
    seq: head.range.size + 1,
    prev: head.last,
    id: newId(),
    at: at.toISOString(),
    actor: authenticated(ctx.actor),
    act,
    target: storableText(target),
    ...(isSaid(before) && { before: plainJson(before) }),
    ...(isSaid(after) && { after: plainJson(after) }),
    ...(reason !== undefined && { reason: storableText(reason) }),
    requestId,
    ...(policyVersion !== undefined && { policyVersion }),
  };
}

const isSaid = (value: unknown) => value !== undefined && value !== null;

/** Who did it, and how Gait knew them. */
function authenticated(actor: Actor): Json {
  switch (actor.kind) {
    case 'user': {
      const { via, ...person } = actor;
      return plainJson({ ...person, authenticatedBy: via });
    }
    case 'token':
    case 'scim':
      return plainJson({ ...actor, authenticatedBy: 'token' });
    case 'job':
      return plainJson({ ...actor, authenticatedBy: 'Gait itself' });
    default:
      return actor satisfies never;
  }
}

/**
 * The organisation is held first, as by every insert, and then the head is locked: with the other order, the removal of a sample
 * and a deed would wait for each other.
 */
async function lockHead(tx: Tx, orgId: OrgId): Promise<Head> {
  const rows = () => tx.$queryRaw<{ size: number; hash: string; peaks: Uint8Array }[]>`
    WITH held AS MATERIALIZED (SELECT hold_organisation() AS stands)
    SELECT h.size::float8 AS size, encode(h.hash, 'hex') AS hash, h.peaks FROM held, audit_head h
    WHERE h.org_id = ${orgId}::uuid AND held.stands FOR UPDATE OF h`;
  let [head] = await rows();
  if (head === undefined) {
    const nothing = Buffer.from(NO_HASH, 'hex');
    await tx.$executeRaw`
      INSERT INTO audit_head (org_id, size, hash, peaks, start_hash, start_peaks)
      VALUES (${orgId}::uuid, 0, ${nothing}, '', ${nothing}, '') ON CONFLICT DO NOTHING`;
    [head] = await rows();
  }
  if (head === undefined) throw new Error('The record of this organisation has no head.');
  return { range: unpackRange(head.size, head.peaks), last: head.hash };
}

/** The entry, the new head, and word to the background that there is something to sign: one statement. */
async function append(tx: Tx, entry: ChainEntry, head: Head, at: Date): Promise<void> {
  const { leaf, head: next } = chained(entry, head);
  const { org, seq, prev, id, actor, act, target, before, after, reason = null, requestId = null } = entry;
  const json = (value: Json | undefined) => (value === undefined ? null : JSON.stringify(value));
  await tx.$executeRaw`
    WITH entry AS (
      INSERT INTO audit (org_id, seq, id, at, actor, act, target, before, after, reason, request_id, policy_version, prev_hash, hash)
      VALUES (${org}::uuid, ${seq}::bigint, ${id}::uuid, ${at}, ${json(actor)}::jsonb, ${act}, ${target}, ${json(before)}::jsonb,
        ${json(after)}::jsonb, ${reason}, ${requestId}, ${entry.policyVersion ?? null}::int, decode(${prev}, 'hex'), ${leaf})
    ), due AS (
      INSERT INTO audit_due (org_id, due_at) VALUES (${org}::uuid, ${at})
      ON CONFLICT (org_id) DO UPDATE SET due_at = least(audit_due.due_at, excluded.due_at)
    )
    UPDATE audit_head SET size = ${seq}::bigint, hash = ${leaf}, peaks = ${packPeaks(next.range)} WHERE org_id = ${org}::uuid`;
}

/** So many entries travel in one statement. */
const ROWS_AT_ONCE = 1_000;

async function appendAll(
  tx: Tx,
  rows: readonly (ChainEntry & { hash: string })[],
  head: Head,
  at: Date,
): Promise<void> {
  const orgId = rows[0]?.org;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await tx.$executeRaw`
      INSERT INTO audit (org_id, seq, id, at, actor, act, target, before, after, reason, request_id, policy_version, prev_hash, hash)
      SELECT r.org, r.seq, r.id, ${at}, r.actor, r.act, r.target, r.before, r.after, r.reason, r."requestId", r."policyVersion",
        decode(r.prev, 'hex'), decode(r.hash, 'hex')
      FROM jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))}::jsonb) AS r (org uuid, seq bigint, id uuid,
        actor jsonb, act text, target text, before jsonb, after jsonb, reason text, "requestId" text, "policyVersion" int,
        prev text, hash text)`;
  await tx.$executeRaw`
    WITH due AS (
      INSERT INTO audit_due (org_id, due_at) VALUES (${orgId}::uuid, ${at})
      ON CONFLICT (org_id) DO UPDATE SET due_at = least(audit_due.due_at, excluded.due_at)
    )
    UPDATE audit_head SET size = ${head.range.size}::bigint, hash = decode(${head.last}, 'hex'), peaks = ${packPeaks(head.range)}
    WHERE org_id = ${orgId}::uuid`;
}
