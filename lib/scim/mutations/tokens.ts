import { allow } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { requireFresh } from '@/lib/sessions/fresh';
import { DIRECTORY_SCOPE } from '@/lib/tokens/ability';
import { addToken } from '@/lib/tokens/mutations';
import { DEFAULT_TOKEN_DAYS } from '@/lib/tokens/schema';

/** Makes the token by which a connection's directory provisions: whoever has it decides who is here, so a fresh sign-in is asked for. */
export async function createDirectoryToken(
  ctx: Ctx,
  { connection: id }: { connection: string },
): Promise<{ id: string; secret: string; expiresAt: Date }> {
  await allow(ctx, 'manageSignIn');
  requireFresh(ctx);
  return inOrg(ctx.orgId, async (tx) => {
    const connection = await tx.connection.findUnique({
      where: { orgId_id: { orgId: ctx.orgId, id } },
      select: { name: true },
    });
    if (!connection) throw new AppError('not_found', 'This connection is gone.');
    const name = `Directory of ${connection.name}`.slice(0, 100);
    return addToken(tx, ctx, { name, scopes: [DIRECTORY_SCOPE], days: DEFAULT_TOKEN_DAYS, connection: id });
  });
}
