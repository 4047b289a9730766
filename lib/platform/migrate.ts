import { join } from 'node:path';
import type { Client } from 'pg';
import { connectPatiently } from '@/lib/platform/database-check';
import { cannotStart, messageOf, systemCode } from '@/lib/platform/errors';
import {
  type Migration,
  pendingMigrations,
  readHistory,
  readMigrations,
} from '@/lib/platform/migrate/history';
import { projectRoot } from '@/lib/platform/root';

const turnKey = 7_104_510_622;

/**
 * Replicas that start together take turns, for as long as this transaction stays open. An engine without advisory locks
 * goes on without: `_prisma_migrations` and PostgreSQL's own catalog then refuse the second one, whose next start succeeds.
 */
async function takeTurn(client: Client): Promise<void> {
  await client.query('BEGIN');
  await client.query('SAVEPOINT turn');
  try {
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SELECT pg_advisory_xact_lock($1)', [turnKey]);
  } catch (error) {
    if (systemCode(error) !== '0A000' && systemCode(error) !== '42883') throw error;
    await client.query('ROLLBACK TO SAVEPOINT turn');
  }
}

async function apply(
  databaseUrl: string,
  folder: string,
  migrations: readonly Migration[],
  unfinished: readonly string[],
) {
  const { withEngine } = await import('@/lib/platform/migrate/engine');
  return await withEngine(databaseUrl, async (engine, scriptError) => {
    // A script and the note that it ended are one transaction: a migration without that note did nothing, and may run again.
    for (const migrationName of new Set(unfinished)) await engine.markMigrationRolledBack({ migrationName });
    const migrationsList = {
      baseDir: folder,
      lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
      shadowDbInitScript: '',
      migrationDirectories: migrations.map(({ name, script }) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
      })),
    };
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList,
        filters: { externalTables: [], externalEnums: [] },
      });
      return { applied: appliedMigrationNames };
    } catch (error) {
      return { cause: scriptError() ?? error };
    }
  });
}

export const migrationsFolder = (): string => join(projectRoot(), 'prisma', 'migrations');

export type MigrateOptions = {
  folder?: string;
  /** The migrations to go as far as; absent: all there are. */
  only?: readonly string[];
  patienceMilliseconds?: number;
};

/** Brings the database up to this version of Gait: nothing to do takes one query, and neither memory nor Prisma's engine. */
export async function migrate(
  databaseUrl: string,
  log: (line: string) => void,
  { folder = migrationsFolder(), only, patienceMilliseconds = 10_000 }: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder).filter(({ name }) => only?.includes(name) ?? true);
  const client = await connectPatiently(databaseUrl, patienceMilliseconds);
  try {
    if (pendingMigrations(await readHistory(client), migrations).length === 0) return { applied: [] };
    await takeTurn(client);
    const history = await readHistory(client);
    const pending = pendingMigrations(history, migrations);
    if (pending.length === 0) return { applied: [] };
    log(`Applying ${pending.length} ${pending.length === 1 ? 'migration' : 'migrations'} to the database.`);
    const done = await apply(databaseUrl, folder, migrations, history.unfinished);
    if (done.applied !== undefined) return { applied: done.applied };
    const { unfinished } = await readHistory(client);
    throw cannotStart(
      `Migration ${unfinished.at(-1) ?? pending[0]} failed and was undone: ${messageOf(done.cause)}. Nothing of it is in the database; start again once the cause is gone.`,
      done.cause,
    );
  } finally {
    await client.end();
  }
}
