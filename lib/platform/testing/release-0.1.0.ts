import type { Client } from 'pg';

/**
 * What version 0.1.0 says to its database when evidence comes in and is folded, as plain SQL: it stays as it was while the
 * code goes on. The next release gets a file of its own.
 */
export type OldWrite = { orgId: string; n: number };

const enter = (orgId: string): string =>
  `BEGIN; SET LOCAL ROLE gait_app; SET LOCAL app.org = '${orgId}'; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO';
   SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = 25000; SET LOCAL lock_timeout = 1500`;

async function inOrg(client: Client, orgId: string, work: () => Promise<void>): Promise<void> {
  await client.query(enter(orgId));
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Records one event of a task. */
export function recordEvent(client: Client, { orgId, n }: OldWrite): Promise<void> {
  const row = {
    source: 'urn:old',
    id: `e${n}`,
    type: 'task.opened',
    time: '2026-11-28T12:00:00.000Z',
    received_by: 'import:old',
    task_ref: `t${n}`,
    incident_ref: null,
    lane: null,
    data: { task: { ref: `t${n}`, title: 'Mend it', team: 'web' } },
  };
  return inOrg(client, orgId, async () => {
    await client.query(
      `WITH new_event AS (
         INSERT INTO event (org_id, source, id, type, time, received_at, received_by, task_ref, incident_ref, lane, data)
         SELECT $1::uuid, e.source, e.id, e.type, e.time, now(), e.received_by, e.task_ref, e.incident_ref, e.lane, e.data
         FROM json_populate_recordset(NULL::event, $2::json) e
         ON CONFLICT DO NOTHING
         RETURNING source, id, task_ref, incident_ref, lane
       ), work AS (
         INSERT INTO projection_work (id, org_id, task_refs, incident_refs, lanes, created_at)
         SELECT gen_random_uuid(), $1::uuid, coalesce(array_agg(DISTINCT task_ref) FILTER (WHERE task_ref IS NOT NULL), '{}'),
           '{}', '{}', now()
         FROM new_event HAVING count(*) > 0
       )
       SELECT count(*)::int AS inserted FROM new_event`,
      [orgId, JSON.stringify([row])],
    );
  });
}

/** Folds the task that an event told of: takes its work, locks and writes the task, and reads its events. */
export function foldTask(client: Client, { orgId, n }: OldWrite): Promise<void> {
  return inOrg(client, orgId, async () => {
    await client.query(
      `DELETE FROM projection_work WHERE id IN (
         SELECT id FROM projection_work WHERE org_id = $1 AND task_refs = ARRAY[$2] FOR UPDATE SKIP LOCKED)`,
      [orgId, `t${n}`],
    );
    await client.query(
      `INSERT INTO task (org_id, ref, title, team, category, category_reason, state, last_event_at, outcome_reason, labels, anomalies)
       VALUES ($1, $2, 'Mend it', 'web', 'fix', '', 'open', now(), '', '{}', '{}')
       ON CONFLICT (org_id, ref) DO UPDATE SET title = excluded.title, last_event_at = excluded.last_event_at`,
      [orgId, `t${n}`],
    );
    await client.query('SELECT source, id, type, time, data FROM event WHERE org_id = $1 AND task_ref = $2', [
      orgId,
      `t${n}`,
    ]);
  });
}
