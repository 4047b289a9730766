import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/**
 * Of people who have just lost a role: who has none left is out at once, with their sessions and the tokens they made. In the caller's
 * transaction, after the roles are gone. They may sign in again, and are told that they have no role.
 */
export async function endAccessOfRoleless(
  tx: Tx,
  { orgId, clock }: Pick<Ctx, 'orgId' | 'clock'>,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return;
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
