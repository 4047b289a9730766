import type { Client } from 'pg';

/**
 * Sets the clock of a test's database ahead of the machine's: by so many ms, or by as many as a file says, which may be written anew. A
 * function of that name is found before PostgreSQL's own, on connections that are opened afterwards; later calls reach all of them.
 */
export async function setDatabaseClock(owner: Client, ahead: number | { file: string }): Promise<void> {
  const ms =
    typeof ahead === 'number'
      ? `${ahead}::float8`
      : `pg_catalog.pg_read_file(${owner.escapeLiteral(ahead.file)})::float8`;
  await owner.query(`
    CREATE SCHEMA IF NOT EXISTS moving;
    GRANT USAGE ON SCHEMA moving TO PUBLIC;
    CREATE OR REPLACE FUNCTION moving.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
      BEGIN RETURN pg_catalog.clock_timestamp() + ${ms} * interval '1 millisecond'; END $$`);
  const { rows } = await owner.query<{ name: string }>('SELECT quote_ident(current_database()) AS name');
  await owner.query(`ALTER DATABASE ${rows[0]?.name} SET search_path = moving, pg_catalog, public`);
}
