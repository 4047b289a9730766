import { recordAudit } from '@/lib/audit/record';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { requireFresh } from '@/lib/sessions/fresh';
import { allow } from '../allow';
import { endLinkSessions, requireAnyGlassBreaker } from '../break-glass';
import { lockPeople } from '../keep-owner';
import { rolesOf } from './roles';

/** Lets an owner break the glass, or no longer; the last one stays while single sign-on is enforced. */
export async function setBreakGlass(
  ctx: Ctx,
  { person: personId, to }: { person: string; to: boolean },
): Promise<void> {
  const { orgId } = ctx;
  await allow(ctx, 'enforceSso');
  requireFresh(ctx);
  await inOrg(orgId, async (tx) => {
    await lockPeople(tx, orgId);
    const roles = await rolesOf(tx, ctx, personId);
    if (to && !roles.includes('owner')) throw new AppError('conflict', 'Only an owner may break the glass.');
    const { count } = await tx.person.updateMany({
      where: { orgId, id: personId, breakGlass: !to },
      data: { breakGlass: to },
    });
    if (count === 0) return;
    if (!to) await requireAnyGlassBreaker(tx, orgId);
    const sessionsEnded = await endLinkSessions(tx, ctx, [personId]);
    await recordAudit(tx, ctx, {
      act: to ? 'glass.given' : 'glass.taken',
      target: `person:${personId}`,
      after: { sessionsEnded },
    });
  });
}
