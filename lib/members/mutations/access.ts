import { recordAudit } from '@/lib/audit/record';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { endSessions } from '@/lib/sessions/mutations';
import { allow } from '../allow';
import { requireGlassBreaker } from '../break-glass';
import { lockPeople, requireAnOwner } from '../keep-owner';
import { allowOwners, rolesOf } from './roles';

/**
 * Takes a person out, at once: no sign-in, and every session, link and unused invitation of theirs ends with it. What they did stays.
 */
export async function removePerson(ctx: Ctx, { person: personId }: { person: string }): Promise<void> {
  const { orgId, clock } = ctx;
  await allow(ctx, 'manageMembers');
  await inOrg(orgId, async (tx) => {
    await lockPeople(tx, orgId);
    const roles = await rolesOf(tx, ctx, personId);
    if (roles.includes('owner')) await allowOwners(ctx, tx);
    await shutOut(tx, ctx, personId, clock.now());
    await requireAnOwner(tx, orgId);
    await requireGlassBreaker(tx, orgId, [personId]);
  });
}

/** Ends everything by which a person gets in, in the caller's transaction. Also for the company's directory. */
export async function shutOut(tx: Tx, ctx: Ctx, personId: string, at: Date): Promise<void> {
  const { orgId, actor } = ctx;
  const removedBy = actor.kind === 'scim' ? 'directory' : 'hand';
  const { count } = await tx.person.updateMany({
    where: { orgId, id: personId, removedAt: null },
    data: { removedAt: at, removedBy },
  });
  if (count === 0) return;
  const ended = await tx.session.updateMany({
    where: { orgId, personId, endedAt: null },
    data: { endedAt: at },
  });
  const tokens = await tx.token.updateMany({
    where: { orgId, createdById: personId, revokedAt: null },
    data: { revokedAt: at },
  });
  await tx.signInLink.updateMany({ where: { orgId, personId, usedAt: null }, data: { usedAt: at } });
  await recordAudit(tx, ctx, {
    act: 'person.removed',
    target: `person:${personId}`,
    after: { sessionsEnded: ended.count, tokensRevoked: tokens.count },
  });
}

/** Lets a removed person in again, with the roles they had. */
export async function restorePerson(ctx: Ctx, { person: personId }: { person: string }): Promise<void> {
  const { orgId } = ctx;
  await allow(ctx, 'manageMembers');
  await inOrg(orgId, async (tx) => {
    await lockPeople(tx, orgId);
    const roles = await rolesOf(tx, ctx, personId);
    if (roles.includes('owner')) await allowOwners(ctx, tx);
    const { count } = await tx.person.updateMany({
      where: { orgId, id: personId, removedAt: { not: null } },
      data: { removedAt: null, removedBy: null },
    });
    if (count > 0)
      await recordAudit(tx, ctx, {
        act: 'person.restored',
        target: `person:${personId}`,
        after: { roles },
      });
  });
}

/** Ends one session of a person, or all. People end their own; admins and owners those of others. @returns how many */
export async function endSessionsOf(
  ctx: Ctx,
  { person: personId, session: id }: { person: string; session?: string | undefined },
): Promise<number> {
  const { actor } = ctx;
  if (actor.kind !== 'user' || actor.personId !== personId) await allow(ctx, 'manageMembers');
  return endSessions(ctx, { personId }, id === undefined ? {} : { id });
}
