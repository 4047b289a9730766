import { recordAudit } from '@/lib/audit/record';
import { groupKey } from '@/lib/domain/identity/group-grants';
import { allow } from '@/lib/members/allow';
import { lockPeople, requireAnOwner } from '@/lib/members/keep-owner';
import { requireTeam } from '@/lib/members/mutations/roles';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { type Members, membersByGroup, membersOf } from '../data/members-by-group';
import { allowSetup } from './allow-setup';
import { dropGrantsOf, syncDirectoryGrants } from './group-grants';

type Mapping = { connection: string; group: string; role: { role: string; team: string | null } };

/**
 * Says what membership of a group gives. It takes effect at once for whom the directory knows, and for everybody else at their
 * next sign-in. @returns who is in the group, so that a name that was mistyped is seen
 */
export async function mapGroup(
  ctx: Ctx,
  { connection: connectionId, group, role }: Mapping,
): Promise<Members> {
  const { orgId, clock } = ctx;
  await allowSetup(ctx);
  if (role.role === 'owner') await allow(ctx, 'manageOwners');
  const id = newId();
  const team = role.team ?? '';
  return inOrg(orgId, async (tx) => {
    await lockPeople(tx, orgId);
    await requireTeam(tx, ctx, role.team);
    if ((await tx.connection.count({ where: { orgId, id: connectionId } })) === 0)
      throw new AppError('not_found', 'This connection is gone.');
    const { count } = await tx.groupMapping.createMany({
      data: [{ orgId, id, connectionId, group, team, role: role.role, createdAt: clock.now() }],
      skipDuplicates: true,
    });
    if (count === 0)
      throw refusedFields({ group: ['This group gives a role there already. Remove that one first.'] });
    await recordAudit(tx, ctx, {
      act: 'group.mapped',
      target: `connection:${connectionId}`,
      after: { group, ...role },
    });
    await syncDirectoryGrants(tx, ctx, connectionId, await peopleIn(tx, ctx, connectionId, group));
    return membersOf(await membersByGroup(tx, orgId, connectionId), group);
  });
}

/** Takes a mapping back, and with it the roles that it gave. */
export async function unmapGroup(ctx: Ctx, { mapping: id }: { mapping: string }): Promise<void> {
  const { orgId } = ctx;
  await allowSetup(ctx);
  await inOrg(orgId, async (tx) => {
    await lockPeople(tx, orgId);
    const mapping = await tx.groupMapping.findUnique({ where: { orgId_id: { orgId, id } } });
    if (!mapping) throw new AppError('not_found', 'There is no such mapping.');
    if (mapping.role === 'owner') await allow(ctx, 'manageOwners', { tx });
    await dropGrantsOf(tx, ctx, [id]);
    await tx.groupMapping.delete({ where: { orgId_id: { orgId, id } } });
    await requireAnOwner(tx, orgId);
    const { group, team, role, connectionId } = mapping;
    await recordAudit(tx, ctx, {
      act: 'group.unmapped',
      target: `connection:${connectionId}`,
      before: { group, role, team: team || null },
    });
  });
}

/** Whom the connection's directory says to be in a group. */
async function peopleIn(tx: Tx, { orgId }: Ctx, connectionId: string, group: string): Promise<string[]> {
  const groups = await tx.directoryGroup.findMany({
    where: { orgId, connectionId },
    select: { id: true, displayName: true },
  });
  const ids = groups
    .filter(({ displayName }) => groupKey(displayName) === groupKey(group))
    .map(({ id }) => id);
  const users = await tx.directoryUser.findMany({
    where: { orgId, connectionId, memberships: { some: { groupId: { in: ids } } } },
    select: { personId: true },
  });
  return users.map(({ personId }) => personId);
}
