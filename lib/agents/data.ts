import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import type { AgentList, AgentRow } from './types';

/** Only so many of an agent's tasks, those that changed last, are looked at: the page costs the same in a long history. */
const COUNTED_AT_MOST = 10_000;

type Row = AgentRow & { registered_at: Date | null; first_seen_at: Date | null; last_seen_at: Date | null };

/** Every agent, registered or seen; shadow agents first, because somebody must answer for them. */
export async function listAgents(orgId: OrgId): Promise<AgentList> {
  return inOrg(orgId, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT a.key, a.name, a.vendor, a.model, a.version, p.name AS sponsor, a.scope, a.status, a.registered_at, a.first_seen_at,
        work.last_seen_at, work.count AS "taskCount"
      FROM agent a LEFT JOIN person p ON p.org_id = a.org_id AND p.id = a.sponsor_id
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS count, max(latest.agent_acted_at) AS last_seen_at FROM (
          SELECT t.agent_acted_at FROM task t WHERE t.org_id = a.org_id AND t.agent = a.key
          ORDER BY t.last_event_at DESC, t.ref LIMIT ${COUNTED_AT_MOST}
        ) latest
      ) work
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
