import type { Role } from '@/lib/domain/ability';
import type { GroupGrant } from '@/lib/domain/identity/group-grants';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** What membership of a connection's groups gives. */
export async function mappingsOf(tx: Tx, orgId: OrgId, connectionId: string): Promise<GroupGrant[]> {
  const rows = await tx.groupMapping.findMany({
    where: { orgId, connectionId },
    orderBy: [{ group: 'asc' }, { team: 'asc' }],
  });
  return rows.map(({ id, group, team, role }) => ({
    id,
    group,
    team: team === '' ? null : team,
    role: role as Role,
  }));
}
