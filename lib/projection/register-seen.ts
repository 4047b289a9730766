import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { distinct } from './distinct';
import type { PlacedTask } from './fold-tasks';
import { upsert } from './upsert';

/** Teams, repositories and agents that evidence names for the first time. An agent nobody registered is a shadow agent. */
export async function registerSeen(
  tx: Tx,
  orgId: OrgId,
  placed: readonly PlacedTask[],
  now: Date,
): Promise<void> {
  const teams = new Map(placed.map(({ team }) => [team.slug, team.name]));
  await upsert(
    tx,
    'team',
    ['org_id', 'slug'],
    [...teams].sort().map(([slug, name]) => ({ org_id: orgId, slug, name, created_at: now })),
    'keep',
  );
  const repositories = distinct(placed.map(({ task }) => task.repository)).sort();
  await upsert(
    tx,
    'repository',
    ['org_id', 'name'],
    repositories.map((name) => ({ org_id: orgId, name, team: null })),
    'keep',
  );
  const firstSeen = new Map<string, number>();
  for (const { task } of placed) {
    for (const [key, at] of task.agentsNamed) firstSeen.set(key, Math.min(firstSeen.get(key) ?? at, at));
  }
  const agents = [...firstSeen]
    .sort()
    .map(([key, at]) => ({ org_id: orgId, key, name: key, status: 'proposed', first_seen_at: new Date(at) }));
  if (agents.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO agent (org_id, key, name, status, first_seen_at)
    SELECT org_id, key, name, status, first_seen_at FROM json_populate_recordset(NULL::agent, ${JSON.stringify(agents)}::json)
    ON CONFLICT (org_id, key) DO UPDATE SET first_seen_at = excluded.first_seen_at
    WHERE agent.first_seen_at IS NULL OR agent.first_seen_at > excluded.first_seen_at`;
}
