import { recordAudit } from '@/lib/audit/record';
import type { Grant } from '@/lib/domain/ability';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { grantsOf } from '@/lib/sessions/actor';
import { requireFresh } from '@/lib/sessions/fresh';
import { allow } from '../allow';
import { requireGlassBreaker } from '../break-glass';
import { lockPeople, requireAnOwner } from '../keep-owner';
import { endLostAccess } from './lost-access';

/** Whose roles change, and which. */
type RoleOf = { person: string; role: Grant };

/** Gives a person a role. In one place (the organisation, or a team) people hold one role given by hand: a new one takes its place. */
export async function giveRole(ctx: Ctx, { person: personId, role: grant }: RoleOf): Promise<void> {
  await changing(ctx, personId, async (tx) => {
    const { orgId, clock } = ctx;
    await requireTeam(tx, ctx, grant.team);
    const team = grant.team ?? '';
    const held = await tx.roleGrant.findUnique({
      where: { orgId_personId_team_source: { orgId, personId, team, source: 'manual' } },
    });
    if (held?.role === grant.role) return;
    if ([grant.role, held?.role].includes('owner')) await allowOwners(ctx, tx);
    const data = { role: grant.role, grantedAt: clock.now() };
    await tx.roleGrant.upsert({
      where: { orgId_personId_team_source: { orgId, personId, team, source: 'manual' } },
      create: { orgId, personId, team, source: 'manual', ...data },
      update: data,
    });
  });
}

/** Takes a role away that was given by hand. One that a group gives ends where the group does. */
export async function takeRole(ctx: Ctx, { person: personId, role: grant }: RoleOf): Promise<void> {
  await changing(ctx, personId, async (tx) => {
    if (grant.role === 'owner') await allowOwners(ctx, tx);
    await tx.roleGrant.deleteMany({
      where: { orgId: ctx.orgId, personId, team: grant.team ?? '', role: grant.role, source: 'manual' },
    });
  });
}

/** Runs a change of one person's roles: alone, audited with before and after, and never without an owner in the end. */
async function changing(ctx: Ctx, personId: string, change: (tx: Tx) => Promise<void>): Promise<void> {
  const { orgId } = ctx;
  await allow(ctx, 'manageMembers');
  await inOrg(orgId, async (tx) => {
    await lockPeople(tx, orgId);
    const before = await rolesOf(tx, ctx, personId);
    await change(tx);
    const after = await rolesOf(tx, ctx, personId);
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    await requireAnOwner(tx, orgId);
    await requireGlassBreaker(tx, orgId, [personId]);
    await endLostAccess(tx, ctx, [personId]);
    await recordAudit(tx, ctx, {
      act: 'person.roles_changed',
      target: `person:${personId}`,
      before: { roles: before },
      after: { roles: after },
    });
  });
}

/** The roles as the audit log names them: `owner`, `lead of payments`. @throws AppError `not_found` */
export async function rolesOf(tx: Tx, { orgId }: Ctx, personId: string): Promise<string[]> {
  const person = await tx.person.findUnique({
    where: { orgId_id: { orgId, id: personId } },
    select: { grants: { select: { team: true, role: true } } },
  });
  if (!person) throw new AppError('not_found', 'There is no such person.');
  return grantsOf(person.grants)
    .map(({ role, team }) => (team === null ? role : `${role} of ${team}`))
    .sort();
}

/** @throws AppError `invalid` at the field `role` */
export async function requireTeam(tx: Tx, { orgId }: Ctx, team: string | null): Promise<void> {
  if (team !== null && (await tx.team.count({ where: { orgId, slug: team } })) === 0)
    throw refusedFields({ role: ['There is no such team.'] });
}

/** Ownership is given and taken by owners alone, who have just proven who they are. */
export async function allowOwners(ctx: Ctx, tx: Tx): Promise<void> {
  await allow(ctx, 'manageOwners', { tx });
  requireFresh(ctx);
}
