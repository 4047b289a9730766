import { Pool } from 'pg';

const { DATABASE_URL, DATABASE_POOL_SIZE } = process.env;
const pool = new Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_POOL_SIZE) });

/** The least that a route can do to keep an event. */
export async function POST(request: Request): Promise<Response> {
  const { source, id, type, time, data } = await request.json();
  await pool.query(
    `INSERT INTO bench.event (org_id, source, id, type, time, received_at, received_by, sender_team, task_ref, data)
     VALUES ('00000000-0000-0000-0000-000000000000', $1, $2, $3, $4, now(), 'bare', '', $5, $6)`,
    [source, id, type, time, data.task.ref, data],
  );
  return Response.json({ accepted: 1 });
}
