import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import { requireTeam } from '@/lib/members/mutations/roles';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { allowSetup } from './allow-setup';

type Mapping = { connection: string; group: string; role: { role: string; team: string | null } };

/** Says what membership of a group gives. It takes effect for each person at their next sign-in or change of groups. */
export async function mapGroup(ctx: Ctx, { connection: connectionId, group, role }: Mapping): Promise<void> {
  const { orgId, clock } = ctx;
  await allowSetup(ctx);
  if (role.role === 'owner') await allow(ctx, 'manageOwners');
  const id = newId();
  const team = role.team ?? '';
  await inOrg(orgId, async (tx) => {
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
  });
}

/** Takes a mapping back, and with it the roles that it gave. */
export async function unmapGroup(ctx: Ctx, { mapping: id }: { mapping: string }): Promise<void> {
  const { orgId } = ctx;
  await allowSetup(ctx);
  await inOrg(orgId, async (tx) => {
    const mapping = await tx.groupMapping.findUnique({ where: { orgId_id: { orgId, id } } });
    if (!mapping) throw new AppError('not_found', 'There is no such mapping.');
    if (mapping.role === 'owner') await allow(ctx, 'manageOwners', { tx });
    await tx.roleGrant.deleteMany({ where: { orgId, source: `group:${id}` } });
    await tx.groupMapping.delete({ where: { orgId_id: { orgId, id } } });
    const { group, team, role, connectionId } = mapping;
    await recordAudit(tx, ctx, {
      act: 'group.unmapped',
      target: `connection:${connectionId}`,
      before: { group, role, team: team || null },
    });
  });
}
