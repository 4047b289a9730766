import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Server, type ServerOptions, startServer } from '@/e2e/fixtures/server';
import { closeDatabase } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { findRun } from '@/lib/platform/run-file';

/** A running Gait with a data folder of its own, and a way around it into its database. */
export type Gait = {
  server: Server;
  databaseUrl: string;
  /** As the superuser, past row-level security. */
  db: Client;
  /** Stops it and leaves its data. */
  leave(): Promise<void>;
  /** Stops it and forgets its data. */
  end(): Promise<void>;
};

/** Under a name, because a server writes its profile when it stops, and there are several. */
export function profiled(folder: string | null, name: string): Record<string, string> {
  if (folder === null) return {};
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true });
  return { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${dir}` };
}

export function databaseUrlOf(home: string): string {
  const run = findRun(home);
  if (run === null) throw new Error('The server that was just started has left no word of its database.');
  return run.databaseUrl;
}

/** Also makes its database the one that `lib` works on, in this process. */
export async function startGait(options: ServerOptions): Promise<Gait> {
  const server = await startServer(options);
  const databaseUrl = databaseUrlOf(server.home);
  await closeDatabase();
  adoptEnv({ DATABASE_URL: databaseUrl });
  const db = new Client({ connectionString: databaseUrl });
  // When the database goes away the next query says so; the server's own last words say why.
  db.on('error', () =>
    process.stderr.write(`The database went away. Its server said:\n${server.output()}\n`),
  );
  await db.connect();
  const leave = async (): Promise<void> => {
    await db.end().catch(() => undefined);
    await closeDatabase();
    await server.stop();
  };
  const end = async (): Promise<void> => {
    await leave();
    rmSync(server.home, { recursive: true, force: true });
  };
  return { server, databaseUrl, db, leave, end };
}

export async function withGait<T>(options: ServerOptions, work: (gait: Gait) => Promise<T>): Promise<T> {
  const gait = await startGait(options);
  try {
    return await work(gait);
  } finally {
    await gait.end();
  }
}
