import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { cannotStart, systemCode } from '@/lib/platform/errors';
import { checksumOf, type Migration, pendingMigrations, readHistory } from '@/lib/platform/migrate/history';

/** As Prisma makes it, so that its own commands read the same history. */
const CREATE_HISTORY = `CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

/** Two that make a table at once: the second one finds its names taken. */
const TAKEN = new Set(['23505', '42P07', '42710']);

/**
 * How long a script waits for a table in use, in ms. Whatever comes after it to that table waits behind it, so it steps
 * back and tries again; and it is longer than PostgreSQL's `deadlock_timeout`, so that a deadlock is called one.
 */
const LOCK_TIMEOUT_MS = 2_000;

/** Nothing that a database is set to by default ends a migration that takes its time, or changes what it means. */
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL search_path = public`;

/**
 * Applies one migration, and notes that it did, in one transaction: whatever ends it, either both happened or nothing did.
 * The history's own lock lets replicas take turns; it needs no advisory locks, and whoever only reads the history does not wait.
 * @returns false when another replica was first
 */
export async function applyInTurn(
  client: Client,
  migrations: readonly Migration[],
  name: string,
): Promise<boolean> {
  await makeHistory(client);
  await client.query(BEGIN);
  try {
    await client.query('LOCK TABLE public._prisma_migrations IN SHARE ROW EXCLUSIVE MODE');
    const isPending = pendingMigrations(await readHistory(client), migrations).includes(name);
    if (isPending) await apply(client, name, migrations.find((one) => one.name === name)?.script ?? '');
    await client.query('COMMIT');
    return isPending;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function makeHistory(client: Client): Promise<void> {
  const { rows } = await client.query<{ isMissing: boolean; isForeign: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NULL AS "isMissing",
      EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public') AS "isForeign"`,
  );
  if (rows[0]?.isMissing !== true) return;
  if (rows[0].isForeign)
    throw cannotStart(
      'The database holds tables that Gait did not make. Give Gait a database of its own, and name it in DATABASE_URL.',
    );
  try {
    await client.query(CREATE_HISTORY);
  } catch (error) {
    if (!TAKEN.has(systemCode(error) ?? '')) throw error;
  }
}

async function apply(client: Client, name: string, script: string): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
  // One plain query: PostgreSQL parses it itself, with its functions, triggers and DO blocks.
  await client.query(script);
  // Earlier versions noted a beginning before the script, which then did nothing where no end is noted.
  await client.query(
    'UPDATE public._prisma_migrations SET rolled_back_at = now() WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL',
    [name],
  );
  await client.query(
    'INSERT INTO public._prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, clock_timestamp(), 1)',
    [randomUUID(), checksumOf(script), name],
  );
}
