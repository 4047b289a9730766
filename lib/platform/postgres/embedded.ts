import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { messageOf, systemCode } from '@/lib/platform/errors';
import type { Logger } from '@/lib/platform/logger';
import { findBinaries } from '@/lib/platform/postgres/binaries';
import { initialise, keptPassword } from '@/lib/platform/postgres/initialise';
import { locateData } from '@/lib/platform/postgres/location';
import {
  freePort,
  ordinarySettings,
  type PostmasterOptions,
  startPostmaster,
} from '@/lib/platform/postgres/postmaster';
import { stopOrphan } from '@/lib/platform/postgres/postmaster-file';
import { waitFor } from '@/lib/platform/processes';

export type EmbeddedPostgres = {
  /** Of the database `gait`, as its superuser. */
  databaseUrl: string;
  port: number;
  /** Changes when the postmaster died and was started again. */
  pid(): number | undefined;
  /** Ends sessions, writes everything down, and waits until the process is gone. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** The data folder of Gait; it exists, and the caller holds its lock. */
  home: string;
  say: (line: string) => void;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Only tests trade durability for speed. */
  settings?: Readonly<Record<string, string>>;
};

async function ensureDatabase(url: (database: string) => string): Promise<void> {
  const client = new Client({ connectionString: url('gait') });
  const missing = await client.connect().then(
    () => false,
    (error: unknown) => {
      if (systemCode(error) === '3D000') return true;
      throw error;
    },
  );
  await client.end();
  if (!missing) return;
  const admin = new Client({ connectionString: url('postgres') });
  await admin.connect();
  try {
    await admin.query('CREATE DATABASE gait');
  } finally {
    await admin.end();
  }
}

/** Keeps one postmaster alive: whenever it dies without being asked to, it comes back on the same port, and pools reconnect. */
async function supervise(options: PostmasterOptions, log: EmbeddedOptions['log']) {
  let stopping = false;
  let child: ChildProcess = await startPostmaster(options);
  let reviving: Promise<void> = Promise.resolve();
  const watch = (): void =>
    void child.once('exit', (code, signal) => {
      if (!stopping) reviving = revive(code, signal);
    });
  async function revive(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    log.error({ code, signal }, 'The embedded PostgreSQL ended unexpectedly; starting it again.');
    while (!stopping) {
      try {
        child = await startPostmaster(options);
        watch();
        log.info({ port: options.port }, 'The embedded PostgreSQL is back.');
        return;
      } catch (error) {
        log.error(`${messageOf(error)} Trying again in five seconds.`);
        await sleep(5_000);
      }
    }
  }
  watch();

  const gone = () => (child.exitCode !== null || child.signalCode !== null ? true : undefined);
  async function stop(): Promise<void> {
    stopping = true;
    await reviving;
    // SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written down. SIGQUIT is a crash that recovers.
    for (const [signal, patience] of [
      ['SIGINT', 20_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 2_000],
    ] as const) {
      if (gone()) return;
      child.kill(signal);
      if (await waitFor(gone, patience, 10)) return;
    }
  }
  return { pid: () => child.pid, stop };
}

export async function startEmbeddedPostgres({
  home,
  say,
  log,
  settings = {},
}: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const location = locateData(home, say);
  const binaries = findBinaries(location.runAs, say);
  const password = keptPassword(home);
  await stopOrphan(location.data, say);
  await initialise(location, binaries, password);
  const port = await freePort();
  const url = (database: string): string => `postgresql://gait:${password}@127.0.0.1:${port}/${database}`;
  const server = await supervise(
    {
      location,
      binaries,
      port,
      logFile: join(home, 'postgres.log'),
      settings: { ...ordinarySettings, ...settings },
    },
    log,
  );
  try {
    await ensureDatabase(url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { databaseUrl: url('gait'), port, ...server };
}
