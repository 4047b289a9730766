import type { Client } from 'pg';
import { DEFAULT_CATEGORIES } from '@/lib/domain/category';
import { untilProjected } from './projection';

const TEAMS = ['Payments', 'Search', 'Mobile', 'Platform', 'Growth', 'Billing', 'Identity', 'Data'];
const YEARS = 2;
/** One transaction each, so that PostgreSQL can write down what it has in between. */
const SLICE = 100_000;

/** Every team in every category: task i lies in lane i mod (teams × categories), so that organisations of any size have the same ones. */
const placed = `
  SELECT i, 'bench:app#' || i AS ref, ($3::text[])[1 + i % cardinality($3::text[])] AS team,
    ($4::text[])[1 + (i / cardinality($3::text[])) % cardinality($4::text[])] AS category,
    now() - make_interval(secs => $5 * (1 - i::float8 / $2)) AS at,
    CASE WHEN (i::bigint * 7919) % 100 < 95 THEN 'approved_unchanged' ELSE 'changes_requested' END AS outcome,
    CASE WHEN (i::bigint * 7919) % 100 < 95 THEN 1 ELSE 0.3 END AS score
  FROM generate_series($6::int, $7::int) i, (SELECT $1::uuid) org`;

const tasks = `
  INSERT INTO task (org_id, ref, title, url, repository, team, category, category_reason, agent, requester, state, opened_at,
    decided_at, last_event_at, head_sha, labels, additions, deletions, files, outcome, outcome_reason, score, anomalies)
  SELECT $1::uuid, ref, 'Say what module ' || i % 211 || ' is for, and what happens without it', 'https://git.example.com/acme/app/pull/' || i,
    'acme/app', team, category, 'Named by the event.', 'coder-' || i % 5, 'person-' || i % 23, 'merged', at - interval '5 hours',
    at, at, md5(i::text), '{agent}', 40 + i % 90, i % 30, 2, outcome, 'Approved by a person who did not write it.', score, '{}'
  FROM (${placed}) p`;

const observations = `
  INSERT INTO observation (org_id, task_ref, team, category, at, outcome, score, merged, reviewed, hasty)
  SELECT $1::uuid, ref, team, category, at, outcome, score, true, true, false FROM (${placed}) p`;

/** A confirmed incident for one task in 500. */
const charges = `
  INSERT INTO charge (org_id, task_ref, key, team, category, at, severity, task_at, task_score)
  SELECT $1::uuid, ref, 'incident-' || i, team, category, at + interval '2 days', 'SEV3', at, score
  FROM (${placed}) p WHERE i % 500 = 0 AND at < now() - interval '3 days'`;

/** What the projector would have left behind for so many tasks, and then the projector itself for the lanes. */
export async function fillOrganisation(
  db: Client,
  orgId: string,
  count: number,
  onSlice: (done: number) => void,
  teams: readonly string[] = TEAMS,
): Promise<void> {
  const slugs = teams.map((name) => name.toLowerCase());
  const categories = DEFAULT_CATEGORIES.map(({ key }) => key);
  const seconds = YEARS * 365 * 86_400;
  await db.query(
    `INSERT INTO team (org_id, slug, name, created_at) SELECT $1::uuid, slug, name, now() FROM unnest($2::text[], $3::text[]) t (slug, name)`,
    [orgId, slugs, teams],
  );
  await db.query(
    `INSERT INTO agent (org_id, key, name, status, registered_at, first_seen_at)
     SELECT $1::uuid, 'coder-' || i, 'Coder ' || i, 'active', now(), now() FROM generate_series(0, 4) i`,
    [orgId],
  );
  await db.query(`INSERT INTO repository (org_id, name) VALUES ($1::uuid, 'acme/app')`, [orgId]);
  for (let from = 1; from <= count; from += SLICE) {
    const until = Math.min(count, from + SLICE - 1);
    const values = [orgId, count, slugs, categories, seconds, from, until];
    for (const statement of [tasks, observations, charges]) await db.query(statement, values);
    onSlice(until);
  }
  await db.query(
    `INSERT INTO incident (org_id, ref, title, severity, cause, opened_at, resolved_at)
     SELECT org_id, key, 'Checkout was slow', severity, 'agent error', at - interval '1 hour', at FROM charge WHERE org_id = $1::uuid`,
    [orgId],
  );
  await db.query(
    `INSERT INTO lane_due (org_id, team, category, due_at, dirty_from)
     SELECT $1::uuid, team, category, now(), '2000-01-01' FROM unnest($2::text[]) team, unnest($3::text[]) category`,
    [orgId, slugs, categories],
  );
  await untilProjected(db);
}

/** The reviews of the tasks of the last weeks: reports say who reviewed. */
export async function reviewLately(db: Client, orgId: string): Promise<void> {
  await db.query(
    `INSERT INTO review (org_id, task_ref, ref, reviewer, reviewer_kind, verdict, independent, independent_reason, submitted_at)
     SELECT org_id, ref, ref || '/review', 'person-' || length(url) + additions, 'human', 'approved', true, 'Somebody else.',
       decided_at - interval '1 hour'
     FROM task WHERE org_id = $1::uuid AND decided_at > now() - interval '4 weeks'`,
    [orgId],
  );
}

/** As autovacuum would have left it. */
export async function settle(db: Client): Promise<void> {
  for (const table of [
    'task',
    'review',
    'observation',
    'charge',
    'incident',
    'lane',
    'lane_week',
    'lane_snapshot',
  ])
    await db.query(`VACUUM ANALYZE ${table}`);
  await db.query('CHECKPOINT');
}
