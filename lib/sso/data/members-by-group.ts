import { groupKey } from '@/lib/domain/identity/group-grants';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** Who is in a group, as far as Gait knows: how many people, and the names of the first of them. */
export type Members = { people: number; names: string[] };

/**
 * Everybody of a connection by group, as the provider writes the group: whom the directory knows by its word, others by what their
 * last sign-in said.
 */
export async function membersByGroup(
  tx: Tx,
  orgId: OrgId,
  connectionId: string,
): Promise<(Members & { group: string })[]> {
  return tx.$queryRaw`
    SELECT m.name AS group, count(*)::int AS people, (array_agg(p.name ORDER BY p.name))[1:5] AS names
    FROM (
      SELECT g.display_name AS name, u.person_id
      FROM directory_member m
      JOIN directory_group g ON g.org_id = m.org_id AND g.id = m.group_id
      JOIN directory_user u ON u.org_id = m.org_id AND u.id = m.user_id
      WHERE m.org_id = ${orgId}::uuid AND u.connection_id = ${connectionId}::uuid
      UNION
      SELECT unnest(i.groups), i.person_id
      FROM identity i
      WHERE i.org_id = ${orgId}::uuid AND i.connection = ${connectionId} AND NOT EXISTS (
        SELECT FROM directory_user u
        WHERE u.org_id = i.org_id AND u.connection_id = ${connectionId}::uuid AND u.person_id = i.person_id)
    ) m
    JOIN person p ON p.org_id = ${orgId}::uuid AND p.id = m.person_id AND p.removed_at IS NULL
    GROUP BY m.name ORDER BY m.name`;
}

/** Those of one group, however it is spelled. */
export function membersOf(all: readonly (Members & { group: string })[], group: string): Members {
  const same = all.filter((each) => groupKey(each.group) === groupKey(group));
  return {
    people: same.reduce((sum, { people }) => sum + people, 0),
    names: same.flatMap(({ names }) => names),
  };
}
