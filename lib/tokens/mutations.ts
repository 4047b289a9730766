import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import { actorText, type Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
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
  const { secret, hash, shownPrefix } = createSecret('token', ctx.orgId);
  const id = newId();
  const createdAt = ctx.clock.now();
  const expiresAt = new Date(createdAt.getTime() + input.days * DAY_MS);
  await inOrg(ctx.orgId, async (tx) => {
    const { name, scopes } = input;
    const createdBy = ctx.actor.kind === 'user' ? ctx.actor.name : actorText(ctx.actor);
    await tx.token.create({
      data: {
        orgId: ctx.orgId,
        id,
        name,
        scopes,
        secretHash: hash,
        prefix: shownPrefix,
        createdBy,
        createdById: ctx.actor.kind === 'user' ? ctx.actor.personId : null,
        createdAt,
        expiresAt,
      },
    });
    await recordAudit(tx, ctx, {
      act: 'token.created',
      target: `token:${id}`,
      after: { name, scopes, expiresAt: expiresAt.toISOString() },
    });
  });
  return { id, secret, expiresAt };
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
