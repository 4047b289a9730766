import { lockPeople } from '@/lib/members/keep-owner';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';

/**
 * Makes a change of connections or domains, but not one that takes the last way in while single sign-on is enforced: a connection
 * that is on, and a verified domain whose people it is for. One change at a time, so that no two take the last two.
 */
export async function keepingAWayIn<T>({ orgId }: Ctx, change: (tx: Tx) => Promise<T>): Promise<T> {
  return inOrg(orgId, async (tx) => {
    await lockPeople(tx, orgId);
    const { ssoEnforced } = await tx.organisation.findUniqueOrThrow({
      where: { orgId },
      select: { ssoEnforced: true },
    });
    const before = await waysIn(tx, orgId);
    const made = await change(tx);
    const after = await waysIn(tx, orgId);
    const isShut = (before.on > 0 && after.on === 0) || (before.routed > 0 && after.routed === 0);
    if (ssoEnforced && isShut)
      throw new AppError(
        'conflict',
        'Single sign-on is enforced, and this is the last way in: no other verified domain signs in through a connection that is on.',
      );
    return made;
  });
}

/** How many connections are on, and how many verified domains lead to one of them. */
export async function waysIn(tx: Tx, orgId: OrgId): Promise<{ on: number; routed: number }> {
  const on = await tx.connection.findMany({ where: { orgId, status: 'on' }, select: { id: true } });
  const connectionId = { in: on.map(({ id }) => id) };
  const routed = await tx.emailDomain.count({ where: { orgId, verifiedAt: { not: null }, connectionId } });
  return { on: on.length, routed };
}
