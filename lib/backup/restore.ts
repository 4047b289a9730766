import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { isSecretOf } from '@/lib/platform/auth-secret';
import { connectPatiently } from '@/lib/platform/database-check';
import { AppError } from '@/lib/platform/errors';
import { migrate, migrationsFolder } from '@/lib/platform/migrate';
import { readHistory, readMigrations } from '@/lib/platform/migrate/history';
import { damaged } from './archive';
import { createRowsDigest, type RowsDigest } from './digest';
import { readBackup, readHeader } from './read-backup';
import type { Header } from './schema';
import { PLAIN_SETTINGS, readTables, selectRows, type Table } from './tables';

export type RestoreOptions = {
  /** AUTH_SECRET, to be compared; null where it is lost and nobody can. */
  secret: string | null | undefined;
  signal: AbortSignal;
  say: (line: string) => void;
  /** Rows, so far and in all. */
  onProgress?: (done: number, total: number) => void;
  /** Where the migrations are. */
  folder?: string;
};

export type Restored = {
  takenAt: string;
  organisations: number;
  rows: number;
  /** Sessions that were open then, and are ended now. */
  sessionsEnded: number;
  /** Mails and messages that waited then, and go out now, perhaps again. */
  messagesWaiting: number;
};

/**
 * Puts a backup into an empty database: checks the file first, loads it in one transaction, reads every row back in it and compares, and only
 * then commits. A backup of an older Gait is loaded into the schema that it was made with, and migrated from there.
 */
export async function restoreBackup(
  databaseUrl: string,
  file: string,
  { secret, signal, say, onProgress = () => {}, folder = migrationsFolder() }: RestoreOptions,
): Promise<Restored> {
  const header = await readHeader(file);
  refuseNewer(file, header, folder);
  refuseOtherSecret(header, secret);
  const { digests } = await readBackup(file);
  await refuseUnfit(databaseUrl, header);
  await migrate(databaseUrl, say, { folder, only: header.migrations });
  const client = await connectPatiently(databaseUrl);
  // Whatever is under way then fails, and with it the transaction.
  const stop = (): void => void client.end();
  signal.addEventListener('abort', stop);
  try {
    signal.throwIfAborted();
    const loaded = await load(client, file, digests, onProgress);
    const rows = [...digests.values()].reduce((sum, digest) => sum + digest.rows, 0);
    await migrate(databaseUrl, say, { folder });
    return { takenAt: header.takenAt, organisations: header.organisations, rows, ...loaded };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError('unavailable', 'Stopped: nothing was restored.', { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end();
  }
}

function refuseNewer(file: string, { migrations, gait }: Header, folder: string): void {
  const known = new Set(readMigrations(folder).map(({ name }) => name));
  const stranger = migrations.find((name) => !known.has(name));
  if (stranger !== undefined)
    throw new AppError(
      'unavailable',
      `${file} was made by a newer Gait (${gait}, with migration ${stranger}). Update Gait, then restore.`,
    );
}

function refuseOtherSecret({ secret: kept }: Header, secret: string | null | undefined): void {
  if (kept === null || secret === null) return;
  const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
  if (isSecretOf(secret, { salt: bytes(kept.salt), hash: bytes(kept.hash) })) return;
  const wrong =
    secret === undefined
      ? 'AUTH_SECRET of the Gait that made this backup is needed, and there is none here.'
      : 'AUTH_SECRET is not that of the Gait that made this backup.';
  throw new AppError(
    'conflict',
    `${wrong} Set it, or put its file auth-secret into the data folder; if it is lost for good, restore with --secret-lost.`,
  );
}

const notEmpty = (): AppError =>
  new AppError(
    'conflict',
    'This database is not empty: a backup is restored only where Gait was never started. Name a new one by DATABASE_URL or GAIT_HOME.',
  );

/** Before anything is done to it. */
async function refuseUnfit(databaseUrl: string, { migrations }: Header): Promise<void> {
  const client = await connectPatiently(databaseUrl);
  try {
    const applied = await readHistory(client);
    const isInstalled = applied.length > 0 && (await holds(client, 'installation'));
    if (isInstalled) throw notEmpty();
    const ahead = applied.find(({ name }) => !migrations.includes(name));
    if (ahead !== undefined)
      throw new AppError(
        'conflict',
        `The backup is of an older Gait than this database has been prepared for (migration ${ahead.name}). Restore into one without tables, by DATABASE_URL or GAIT_HOME.`,
      );
  } finally {
    await client.end();
  }
}

async function holds(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ some: boolean }>(
    `SELECT EXISTS (SELECT FROM ${client.escapeIdentifier(table)}) AS some`,
  );
  return rows[0]?.some === true;
}

async function load(
  client: Client,
  file: string,
  checked: ReadonlyMap<string, RowsDigest>,
  onProgress: (done: number, total: number) => void,
): Promise<Pick<Restored, 'sessionsEnded' | 'messagesWaiting'>> {
  await client.query(`BEGIN; ${PLAIN_SETTINGS}`);
  const tables = await readTables(client);
  // The owner reads and writes all organisations at once, and the deeds of the past without being asked why: until the end of this.
  for (const { name, isScoped } of tables) await lift(client, name, isScoped);
  for (const { name } of tables)
    if (name !== 'secret_fingerprint' && (await holds(client, name))) throw notEmpty();
  // Of a start that came no further.
  if (tables.some(({ name }) => name === 'secret_fingerprint'))
    await client.query('DELETE FROM secret_fingerprint');
  // Each row is written once and read back once.
  const total = 2 * [...checked.values()].reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  const { digests } = await readBackup(file, async ({ name, columns }, rows) => {
    const table = findTable(file, tables, name, columns);
    const named = columns.map((column) => client.escapeIdentifier(column)).join(', ');
    const sql = `COPY ${client.escapeIdentifier(table.name)} (${named}) FROM STDIN`;
    await pipeline(Readable.from(rows), client.query(copyFrom(sql)));
    done += checked.get(name)?.rows ?? 0;
    onProgress(done, total);
  });
  for (const [name, digest] of digests) {
    if (digest.sha256 !== checked.get(name)?.sha256) throw damaged(file, 'it was changed meanwhile');
    const columns = tables.find((table) => table.name === name)?.columns ?? [];
    const back = createRowsDigest();
    for await (const chunk of client.query(
      copyTo(`COPY (${selectRows(client, { name, columns })}) TO STDOUT`),
    ))
      back.take(chunk);
    const { rows, sum } = back.end();
    if (rows !== digest.rows || sum !== digest.sum)
      throw new AppError(
        'internal',
        `What the database made of ${name} is not what the backup holds: nothing was restored.`,
      );
    done += rows;
    onProgress(done, total);
  }
  const afterwards = await endWhatIsOver(client);
  for (const { name, isScoped } of tables) await restrict(client, name, isScoped);
  await client.query('COMMIT');
  return afterwards;
}

async function lift(client: Client, table: string, isScoped: boolean): Promise<void> {
  const named = client.escapeIdentifier(table);
  await client.query(`ALTER TABLE ${named} DISABLE TRIGGER USER`);
  if (isScoped) await client.query(`ALTER TABLE ${named} NO FORCE ROW LEVEL SECURITY`);
}

async function restrict(client: Client, table: string, isScoped: boolean): Promise<void> {
  const named = client.escapeIdentifier(table);
  await client.query(`ALTER TABLE ${named} ENABLE TRIGGER USER`);
  if (isScoped) await client.query(`ALTER TABLE ${named} FORCE ROW LEVEL SECURITY`);
}

/** Only what the database itself has: names out of a file become part of no other statement. */
function findTable(file: string, tables: readonly Table[], name: string, columns: readonly string[]): Table {
  const table = tables.find((known) => known.name === name);
  const isKnown = table?.columns.length === columns.length && columns.every((c) => table.columns.includes(c));
  if (!isKnown) throw damaged(file, `the table ${name} is not as its migrations make it`);
  return table;
}

/** Who was signed in then signs in anew; links that were never used open nothing any more. */
async function endWhatIsOver(client: Client): Promise<Pick<Restored, 'sessionsEnded' | 'messagesWaiting'>> {
  const { rowCount } = await client.query('UPDATE session SET ended_at = now() WHERE ended_at IS NULL');
  await client.query('UPDATE sign_in_link SET used_at = now() WHERE used_at IS NULL');
  await client.query('DELETE FROM sign_in_attempt');
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM delivery WHERE status = 'waiting'`,
  );
  return { sessionsEnded: rowCount ?? 0, messagesWaiting: rows[0]?.n ?? 0 };
}
