import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../processes';
import { temporaryHome } from '../testing/home';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded';
import { readPostmaster } from './postmaster-file';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let home: string;
let postgres: EmbeddedPostgres;

const start = () => startEmbeddedPostgres({ home, say: () => undefined, log: silent });

async function query<T extends object>(sql: string, url = postgres.databaseUrl): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const orphans: ChildProcess[] = [];

beforeAll(async () => {
  home = temporaryHome();
  postgres = await start();
  await query('CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
});
afterAll(async () => {
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
  for (const orphan of orphans) orphan.kill('SIGKILL');
});

it('is durable, local and the same on every machine', async () => {
  const settings = await query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings
      WHERE name IN ('fsync', 'synchronous_commit', 'listen_addresses', 'unix_socket_directories', 'server_encoding') ORDER BY name`,
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    server_encoding: 'UTF8',
  });
  expect(statSync(join(home, 'postgres-password')).mode & 0o777).toBe(0o600);
  const stranger = postgres.databaseUrl.replace(/gait:[^@]+@/, 'gait:wrong@');
  await expect(query('SELECT 1', stranger)).rejects.toThrow('password authentication failed');
});

it('comes back on the same port after its postmaster was killed, with everything that was acknowledged', async () => {
  const pid = postgres.pid() ?? 0;
  process.kill(pid, 'SIGKILL');
  const count = await waitFor(async () => {
    if (postgres.pid() === pid) return undefined;
    return await query<{ count: string }>('SELECT count(*) FROM kept').catch(() => undefined);
  }, 15_000);
  expect(count).toEqual([{ count: '1' }]);
});

it('starts although the pid in postmaster.pid now belongs to another program', async () => {
  const data = join(home, 'postgres');
  await postgres.stop();
  const other = spawn('sleep', ['60']);
  orphans.push(other);
  await once(other, 'spawn');
  writeFileSync(
    join(data, 'postmaster.pid'),
    `${other.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n  1234567   123\nready   \n`,
  );
  postgres = await start();
  expect(readPostmaster(data)?.pid).toBe(postgres.pid());
  expect(other.exitCode).toBeNull();
});

it('refuses data of another major version', async () => {
  await postgres.stop();
  const file = join(home, 'postgres', 'PG_VERSION');
  const made = readFileSync(file);
  writeFileSync(file, '14\n');
  await expect(start()).rejects.toThrow('was made by PostgreSQL 14, and this Gait brings PostgreSQL 18.');
  writeFileSync(file, made);
  postgres = await start();
  expect(await query('SELECT count(*)::int AS count FROM kept')).toEqual([{ count: 1 }]);
});
