import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { endLinkSessions } from '../break-glass';

/**
 * Of people who have just lost a role: who has none left is out at once, with their sessions and the tokens they made; who owns nothing
 * any more may not break the glass. In the caller's transaction, after the roles are gone. They may sign in again.
 */
export async function endLostAccess(
  tx: Tx,
  ctx: Pick<Ctx, 'orgId' | 'clock'>,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return;
  const { orgId, clock } = ctx;
  await endLinkSessions(tx, ctx, personIds);
  const roleless = await tx.person.findMany({
    where: { orgId, id: { in: [...personIds] }, grants: { none: {} } },
    select: { id: true },
  });
  const ids = roleless.map(({ id }) => id);
  const at = clock.now();
  await tx.session.updateMany({
    where: { orgId, personId: { in: ids }, endedAt: null },
    data: { endedAt: at },
  });
  await tx.token.updateMany({
    where: { orgId, createdById: { in: ids }, revokedAt: null },
    data: { revokedAt: at },
  });
}
