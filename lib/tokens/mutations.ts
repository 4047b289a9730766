import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import { actorText, type Ctx, type OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { createSecret } from '@/lib/platform/secret';
import type { createTokenSchema, replaceTokenSchema } from './schema';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Makes a token. Its secret is in the answer and nowhere else: only a hash is kept. */
export async function createToken(
  ctx: Ctx,
  input: z.infer<typeof createTokenSchema>,
): Promise<{ id: string; secret: string; expiresAt: Date }> {
  const { team = null, scopes } = input;
  await allow(ctx, 'manageTokens', { team });
  if (scopes.includes('audit:read')) await allow(ctx, 'readAudit');
  if (scopes.includes('audit:read') && team !== null)
    throw refusedFields({
      team: ['The audit log is about the whole organisation: no token of one team reads it.'],
    });
  return inOrg(ctx.orgId, async (tx) => {
    await requireTeam(tx, ctx.orgId, team);
    return addToken(tx, ctx, { ...input, team });
  });
}

async function requireTeam(tx: Tx, orgId: OrgId, team: string | null): Promise<void> {
  if (team === null) return;
  const known = await tx.team.findUnique({ where: { orgId_slug: { orgId, slug: team } } });
  if (!known) throw refusedFields({ team: ['There is no such team yet.'] });
}

type NewToken = {
  name: string;
  scopes: string[];
  days: number;
  team?: string | null;
  connection?: string | null;
  replaces?: string;
};

/** Writes a new token in the caller's transaction; the caller has asked who may. */
export async function addToken(
  tx: Tx,
  ctx: Ctx,
  { name, scopes, days, team = null, connection = null, replaces }: NewToken,
): Promise<{ id: string; secret: string; expiresAt: Date }> {
  const { orgId, actor, clock } = ctx;
  await requirePresent(tx, ctx);
  const { secret, hash, shownPrefix } = createSecret('token', orgId);
  const id = newId();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + days * DAY_MS);
  await tx.token.create({
    data: {
      orgId,
      id,
      name,
      scopes,
      team,
      connection,
      replaces: replaces ?? null,
      secretHash: hash,
      prefix: shownPrefix,
      createdBy: actor.kind === 'user' ? actor.name : actorText(actor),
      createdById: actor.kind === 'user' ? actor.personId : null,
      createdAt,
      expiresAt,
    },
  });
  await recordAudit(tx, ctx, {
    act: 'token.created',
    target: `token:${id}`,
    after: { name, scopes, team, connection, replaces, expiresAt: expiresAt.toISOString() },
  });
  return { id, secret, expiresAt };
}

/** Whoever is being shut out at this moment leaves no token behind: one of the two waits for the other. */
async function requirePresent(tx: Tx, { orgId, actor }: Ctx): Promise<void> {
  if (actor.kind !== 'user') return;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT FROM person WHERE org_id = ${orgId}::uuid AND id = ${actor.personId}::uuid AND removed_at IS NULL FOR SHARE`;
  if (rows.length === 0) throw new AppError('unauthenticated', 'You may not sign in any more.');
}

/**
 * Makes a token in place of one that works: the same name, rights and lifetime, and a secret of its own. The old one goes on for the
 * overlap, in hours, or to its own end if that is sooner, so that what uses it can change over without a gap.
 */
export async function replaceToken(
  ctx: Ctx,
  { id, overlap }: z.infer<typeof replaceTokenSchema>,
): Promise<{ id: string; secret: string; expiresAt: Date; oldExpiresAt: Date }> {
  const { orgId } = ctx;
  return inOrg(orgId, async (tx) => {
    await tx.$executeRaw`SELECT FROM token WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    const old = await tx.token.findUnique({ where: { orgId_id: { orgId, id } } });
    await allow(ctx, 'manageTokens', { team: old?.team ?? null, tx });
    if (old === null) throw new AppError('not_found', 'There is no such token.');
    if (old.scopes.includes('audit:read')) await allow(ctx, 'readAudit', { tx });
    if (old.connection !== null) await allow(ctx, 'manageSignIn', { tx });
    const now = ctx.clock.now();
    if (old.revokedAt !== null || old.expiresAt <= now)
      throw new AppError('conflict', 'This token works no longer: make a new one.');
    if ((await tx.token.count({ where: { orgId, replaces: id } })) > 0)
      throw new AppError('conflict', 'Another token has taken its place already.');
    const oldExpiresAt = new Date(Math.min(old.expiresAt.getTime(), now.getTime() + overlap * HOUR_MS));
    await tx.token.update({ where: { orgId_id: { orgId, id } }, data: { expiresAt: oldExpiresAt } });
    const { name, scopes, team, connection } = old;
    const days = Math.max(1, Math.round((old.expiresAt.getTime() - old.createdAt.getTime()) / DAY_MS));
    const made = await addToken(tx, ctx, { name, scopes, days, team, connection, replaces: id });
    await recordAudit(tx, ctx, {
      act: 'token.replaced',
      target: `token:${id}`,
      before: { name, expiresAt: old.expiresAt.toISOString() },
      after: { by: made.id, expiresAt: oldExpiresAt.toISOString() },
    });
    return { ...made, oldExpiresAt };
  });
}

/** Ends a token at once. Ending it twice is the same as once. */
export async function revokeToken(ctx: Ctx, id: string): Promise<void> {
  await inOrg(ctx.orgId, async (tx) => {
    const found = await tx.token.findUnique({ where: { orgId_id: { orgId: ctx.orgId, id } } });
    await allow(ctx, 'manageTokens', { team: found?.team ?? null, tx });
    const { count } = await tx.token.updateMany({
      where: { orgId: ctx.orgId, id, revokedAt: null },
      data: { revokedAt: ctx.clock.now() },
    });
    if (found === null) throw new AppError('not_found', 'There is no such token.');
    const { name, scopes } = found;
    if (count > 0)
      await recordAudit(tx, ctx, { act: 'token.revoked', target: `token:${id}`, before: { name, scopes } });
  });
}
