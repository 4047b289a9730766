import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { cannotStart } from '@/lib/platform/errors';

export type Migration = { name: string; script: string };
export type Applied = { name: string; checksum: string };
export type History = { applied: Applied[]; unfinished: string[] };

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({
      name: entry.name,
      script: readFileSync(join(folder, entry.name, 'migration.sql'), 'utf8'),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A plain query instead of Prisma's engine: every start asks, and almost never is there anything to apply. */
export async function readHistory(client: Client): Promise<History> {
  const { rows: tables } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`,
  );
  if (tables[0]?.there !== true) return { applied: [], unfinished: [] };
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  const named = rows.map((row) => ({
    name: row.migration_name,
    checksum: row.checksum,
    finished: row.finished,
  }));
  return {
    applied: named.filter((row) => row.finished).map(({ name, checksum }) => ({ name, checksum })),
    unfinished: named.filter((row) => !row.finished).map((row) => row.name),
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As Prisma compares: a checkout with other line endings is no edit. */
function isUnchanged(script: string, checksum: string): boolean {
  return [script, script.replaceAll('\r\n', '\n'), script.replaceAll('\n', '\r\n')].some(
    (text) => sha256(text) === checksum,
  );
}

/** What is still to be applied; throws when the database is not one that these migrations made. */
export function pendingMigrations(history: History, migrations: readonly Migration[]): string[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration.script]));
  const stranger = [...history.applied.map(({ name }) => name), ...history.unfinished].find(
    (name) => !known.has(name),
  );
  if (stranger !== undefined) {
    throw cannotStart(
      `The database is newer than this Gait (it has migration ${stranger}). Update Gait, or restore a backup made before the update.`,
    );
  }
  for (const { name, checksum } of history.applied) {
    if (!isUnchanged(known.get(name) ?? '', checksum)) {
      throw cannotStart(
        `Migration ${name} was changed after this database applied it. Restore its file, and put the change into a new migration.`,
      );
    }
  }
  const applied = new Set(history.applied.map(({ name }) => name));
  return migrations.map(({ name }) => name).filter((name) => !applied.has(name));
}
