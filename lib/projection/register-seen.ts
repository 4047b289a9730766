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
  const told = new Map(placed.flatMap(({ task: { agent } }) => (agent ? [[agent.key, agent] as const] : [])));
  const agents = [...firstSeen].sort().map(([key, at]) => {
    const { name, vendor = null, model = null, version = null } = told.get(key) ?? {};
    const facts = { name: name ?? key, vendor, model, version };
    return { org_id: orgId, key, ...facts, status: 'proposed', first_seen_at: new Date(at) };
  });
  if (agents.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO agent (org_id, key, name, vendor, model, version, status, first_seen_at)
    SELECT org_id, key, name, vendor, model, version, status, first_seen_at
    FROM json_populate_recordset(NULL::agent, ${JSON.stringify(agents)}::json)
    ON CONFLICT (org_id, key) DO UPDATE SET first_seen_at = excluded.first_seen_at
    WHERE agent.first_seen_at IS NULL OR agent.first_seen_at > excluded.first_seen_at`;
  await nameSeen(tx, orgId, agents);
}

type Seen = {
  key: string;
  name: string;
  vendor: string | null;
  model: string | null;
  version: string | null;
};

/** What evidence says of an agent that nobody has registered, where nothing was known of it; who registers one says it themselves. */
async function nameSeen(tx: Tx, orgId: OrgId, agents: readonly Seen[]): Promise<void> {
  const known = agents.filter(
    ({ key, name, vendor, model, version }) => name !== key || (vendor ?? model ?? version) !== null,
  );
  if (known.length === 0) return;
  await tx.$executeRaw`
    UPDATE agent SET name = CASE WHEN agent.name = agent.key THEN seen.name ELSE agent.name END,
      vendor = coalesce(agent.vendor, seen.vendor), model = coalesce(agent.model, seen.model),
      version = coalesce(agent.version, seen.version)
    FROM json_to_recordset(${JSON.stringify(known)}::json) AS seen (key text, name text, vendor text, model text, version text)
    WHERE agent.org_id = ${orgId}::uuid AND agent.key = seen.key AND agent.registered_at IS NULL
      AND (agent.name = agent.key AND seen.name <> agent.key OR agent.vendor IS NULL AND seen.vendor IS NOT NULL
        OR agent.model IS NULL AND seen.model IS NOT NULL OR agent.version IS NULL AND seen.version IS NOT NULL)`;
}
