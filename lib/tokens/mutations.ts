import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import { actorText, type Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { createSecret } from '@/lib/platform/secret';
import type { createTokenSchema } from './schema';

const DAY_MS = 86_400_000;

/** Makes a token. Its secret is in the answer and nowhere else: only a hash is kept. */
export async function createToken(
  ctx: Ctx,
  input: z.infer<typeof createTokenSchema>,
): Promise<{ id: string; secret: string; expiresAt: Date }> {
  await allow(ctx, 'manageTokens');
  if (input.scopes.includes('audit:read')) await allow(ctx, 'readAudit');
  return inOrg(ctx.orgId, (tx) => addToken(tx, ctx, input));
}

type NewToken = { name: string; scopes: string[]; days: number; connection?: string };

/** Writes a new token in the caller's transaction; the caller has asked who may. */
export async function addToken(
  tx: Tx,
  ctx: Ctx,
  { name, scopes, days, connection }: NewToken,
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
      connection: connection ?? null,
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
    after: { name, scopes, connection, expiresAt: expiresAt.toISOString() },
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

/** Ends a token at once. Ending it twice is the same as once. */
export async function revokeToken(ctx: Ctx, id: string): Promise<void> {
  await allow(ctx, 'manageTokens');
  await inOrg(ctx.orgId, async (tx) => {
    const { count } = await tx.token.updateMany({
      where: { orgId: ctx.orgId, id, revokedAt: null },
      data: { revokedAt: ctx.clock.now() },
    });
    const token = await tx.token.findUnique({ where: { orgId_id: { orgId: ctx.orgId, id } } });
    if (token === null) throw new AppError('not_found', 'There is no such token.');
    const { name, scopes } = token;
    if (count > 0)
      await recordAudit(tx, ctx, { act: 'token.revoked', target: `token:${id}`, before: { name, scopes } });
  });
}
