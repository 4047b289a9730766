import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { vouchForOrg } from '@/lib/platform/ctx';
import { connectPatiently } from '@/lib/platform/database-check';
import { AppError } from '@/lib/platform/errors';
import { readHistory } from '@/lib/platform/migrate/history';
import { projectRoot } from '@/lib/platform/root';
import { type Part, writeArchive } from './archive';
import { createRowsDigest } from './digest';
import { END, type End, FORMAT, HEADER, type Header } from './schema';
import { PLAIN_SETTINGS, readOrganisations, readTables, selectRows, type Table } from './tables';

const PART_BYTES = 4 * 1024 * 1024;

export type BackupOptions = {
  now: Date;
  signal: AbortSignal;
  /** Bytes of rows, so far and about in all. */
  onProgress?: (done: number, total: number) => void;
};

export type TakenBackup = { organisations: number; rows: number; bytes: number };

/**
 * Writes all that the database holds, as it is in one instant, into one file; Gait may go on working meanwhile. Each organisation is read
 * within its own scope, so the user of the database needs no way around row-level security.
 */
export async function backUp(
  databaseUrl: string,
  file: string,
  { now, signal, onProgress = () => {} }: BackupOptions,
): Promise<TakenBackup> {
  const client = await connectPatiently(databaseUrl);
  const taken: TakenBackup = { organisations: 0, rows: 0, bytes: 0 };
  try {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${PLAIN_SETTINGS}`);
    await writeArchive(file, partsOf(client, now, taken, onProgress), signal);
    return taken;
  } finally {
    await client.end();
  }
}

async function* partsOf(
  client: Client,
  now: Date,
  taken: TakenBackup,
  onProgress: (done: number, total: number) => void,
): AsyncGenerator<Part> {
  const tables = await readTables(client);
  const organisations = await readOrganisations(client, tables);
  if (organisations.length === 0)
    throw new AppError('not_found', 'There is nothing to back up: Gait was never started on this database.');
  const total = await sizeOf(client);
  taken.organisations = organisations.length;
  yield asPart(HEADER, await headerOf(client, now, tables, organisations.length));
  const end: End = { tables: [] };
  for (const table of tables) {
    const digest = createRowsDigest();
    let number = 0;
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    for await (const chunk of rowsOf(client, table, organisations)) {
      digest.take(chunk);
      waiting.push(chunk);
      waitingBytes += chunk.length;
      taken.bytes += chunk.length;
      if (waitingBytes < PART_BYTES) continue;
      number += 1;
      yield { name: `rows/${table.name}/${number}`, body: Buffer.concat(waiting) };
      [waiting, waitingBytes] = [[], 0];
      onProgress(Math.min(taken.bytes, total), total);
    }
    if (waitingBytes > 0) yield { name: `rows/${table.name}/${number + 1}`, body: Buffer.concat(waiting) };
    const { rows, bytes, sha256 } = digest.end();
    taken.rows += rows;
    end.tables.push({ name: table.name, rows, bytes, sha256 });
  }
  yield asPart(END, end);
  onProgress(total, total);
}

/** A table's rows as COPY writes them. */
async function* rowsOf(
  client: Client,
  table: Table,
  organisations: readonly string[],
): AsyncGenerator<Buffer> {
  if (!table.isScoped) {
    yield* client.query(copyTo(`COPY (${selectRows(client, table)}) TO STDOUT`));
    return;
  }
  for (const id of organisations) {
    const orgId = vouchForOrg(id);
    await client.query(`SET LOCAL app.org = '${orgId}'`);
    yield* client.query(copyTo(`COPY (${selectRows(client, table, `WHERE org_id = '${orgId}'`)}) TO STDOUT`));
  }
}

async function headerOf(
  client: Client,
  now: Date,
  tables: readonly Table[],
  organisations: number,
): Promise<Header> {
  const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  const applied = await readHistory(client);
  return {
    format: FORMAT,
    gait: version,
    takenAt: now.toISOString(),
    organisations,
    migrations: applied.map(({ name }) => name).sort(),
    secret: await fingerprintIn(client, tables),
    tables: tables.map(({ name, columns }) => ({ name, columns })),
  };
}

/** Also of a database that this version of Gait has not migrated yet. */
async function fingerprintIn(client: Client, tables: readonly Table[]): Promise<Header['secret']> {
  if (!tables.some(({ name }) => name === 'secret_fingerprint')) return null;
  const { rows } = await client.query<{ salt: string; hash: string }>(
    `SELECT encode(salt, 'hex') AS salt, encode(hash, 'hex') AS hash FROM secret_fingerprint`,
  );
  return rows[0] ?? null;
}

async function sizeOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `SELECT coalesce(sum(pg_table_size(oid)), 0)::float8 AS bytes FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  return rows[0]?.bytes ?? 0;
}

function asPart(name: string, value: object): Part {
  return { name, body: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) };
}
