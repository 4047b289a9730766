import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import type { AgentList, AgentRow } from './types';

/** Counting stops here, so that the page costs the same in a long history. */
const COUNTED_AT_MOST = 10_000;

type Row = AgentRow & { registered_at: Date | null; first_seen_at: Date | null; last_seen_at: Date | null };

/** Every agent, registered or seen; shadow agents first, because somebody must answer for them. */
export async function listAgents(orgId: OrgId): Promise<AgentList> {
  return inOrg(orgId, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT a.key, a.name, a.vendor, a.model, a.version, p.name AS sponsor, a.scope, a.status, a.registered_at, a.first_seen_at,
        (SELECT max(t.last_event_at) FROM task t WHERE t.org_id = a.org_id AND t.agent = a.key) AS last_seen_at,
        (SELECT count(*)::int FROM (SELECT 1 FROM task t WHERE t.org_id = a.org_id AND t.agent = a.key LIMIT ${COUNTED_AT_MOST}) s) AS "taskCount"
      FROM agent a LEFT JOIN person p ON p.org_id = a.org_id AND p.id = a.sponsor_id
      WHERE a.org_id = ${orgId}::uuid
      ORDER BY a.registered_at IS NOT NULL, a.name`;
    const people = await tx.person.findMany({
      where: { orgId, removedAt: null },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
    });
    const items = rows.map(({ registered_at, first_seen_at, last_seen_at, ...row }) => ({
      ...row,
      registeredAt: registered_at?.toISOString() ?? null,
      firstSeenAt: first_seen_at?.toISOString() ?? null,
      lastSeenAt: last_seen_at?.toISOString() ?? null,
    }));
    return { items, people };
  });
}
