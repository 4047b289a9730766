import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { cannotStart } from '@/lib/platform/errors';

export type Migration = { name: string; script: string };
export type Applied = { name: string; checksum: string };

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({
      name: entry.name,
      script: readFileSync(join(folder, entry.name, 'migration.sql'), 'utf8'),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * What the database has applied. A beginning without an end does not count: a script and the note of its end are one
 * transaction, so it did nothing, whichever version of Gait it is of.
 */
export async function readHistory(client: Client): Promise<Applied[]> {
  const { rows: tables } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there`,
  );
  if (tables[0]?.there !== true) return [];
  const { rows } = await client.query<Applied>(
    `SELECT migration_name AS name, checksum FROM public._prisma_migrations
      WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY started_at`,
  );
  return rows;
}

export const checksumOf = (script: string): string => createHash('sha256').update(script).digest('hex');

/** As Prisma compares: a checkout with other line endings is no edit. */
function isUnchanged(script: string, checksum: string): boolean {
  return [script, script.replaceAll('\r\n', '\n'), script.replaceAll('\n', '\r\n')].some(
    (text) => checksumOf(text) === checksum,
  );
}

/** What is still to be applied; throws when the database is not one that these migrations made. */
export function pendingMigrations(applied: readonly Applied[], migrations: readonly Migration[]): string[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration.script]));
  const stranger = applied.find(({ name }) => !known.has(name));
  if (stranger !== undefined) {
    throw cannotStart(
      `The database is newer than this Gait (it has migration ${stranger.name}). Update Gait, or restore a backup made before the update.`,
    );
  }
  for (const { name, checksum } of applied) {
    if (!isUnchanged(known.get(name) ?? '', checksum)) {
      throw cannotStart(
        `Migration ${name} was changed after this database applied it. Restore its file, and put the change into a new migration.`,
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}
