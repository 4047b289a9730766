import type { Client } from 'pg';
import type { CloudEvent } from './events';

export type Rows = unknown[][];

/** The columns of the events as arrays, made ready beforehand: what is compared is the writing. */
export function rowsOf(events: readonly CloudEvent[]): Rows {
  return [
    events.map(({ source }) => source),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ time }) => time),
    events.map(() => 'token:bench'),
    events.map(() => ''),
    events.map(({ data }) => data.task.ref),
    events.map(() => null),
    events.map(() => null),
    events.map(({ data }) => JSON.stringify(data)),
  ];
}

/** The same rows into the same table, past everything that Gait does for them. */
export async function insertPlainly(db: Client, orgId: string, rows: Rows): Promise<void> {
  await db.query(
    `INSERT INTO event (source, id, type, time, received_by, sender_team, task_ref, incident_ref, lane, data, org_id, received_at)
     SELECT *, $11::uuid, $12::timestamptz
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::jsonb[])`,
    [...rows, orgId, new Date()],
  );
}
