import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { cannotStart } from '@/lib/platform/errors';
import type { Binaries } from '@/lib/platform/postgres/binaries';
import { postgresEnvironment } from '@/lib/platform/postgres/initialise';
import type { Location } from '@/lib/platform/postgres/location';
import { readPostmaster } from '@/lib/platform/postgres/postmaster-file';
import { identity } from '@/lib/platform/postgres/run-as';

export type PostmasterOptions = {
  location: Location;
  binaries: Binaries;
  port: number;
  logFile: string;
  settings: Readonly<Record<string, string>>;
};

/** Durable as PostgreSQL is by default, and small: one team's server next to the application. */
export const ordinarySettings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
  max_connections: '50',
  max_wal_size: '256MB',
  io_method: 'sync',
  jit: 'off',
  logging_collector: 'off',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] ',
  timezone: 'UTC',
  log_timezone: 'UTC',
} as const;

const fixedSettings = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no free port')),
      );
    });
  });
}

const largestLog = 5_000_000;

function openLog(file: string): number {
  try {
    if (statSync(file).size > largestLog) renameSync(file, `${file}.1`);
  } catch {
    // No log yet.
  }
  return openSync(file, 'a', 0o600);
}

function lastWords(file: string): string {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return (lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? '').replace(
    /^.*?(FATAL|PANIC|ERROR):\s*/,
    '',
  );
}

async function launch(options: PostmasterOptions): Promise<ChildProcess> {
  const { location, binaries, port } = options;
  const settings = { ...fixedSettings, ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openLog(options.logFile);
  // Its own process group: a Ctrl-C on the terminal must reach Gait alone, which stops the database last.
  const child = spawn(binaries.postgres, ['-D', location.data, '-p', String(port), ...flags], {
    ...identity(location.runAs),
    cwd: '/',
    env: postgresEnvironment,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return child;
}

/** Recovery after a crash may take long, so there is no deadline while the process lives. */
async function becomesReady(child: ChildProcess, data: string): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const found = readPostmaster(data);
    if (found?.pid === child.pid && found?.ready) return true;
    await sleep(10);
  }
  return false;
}

/** Backends of a killed postmaster take a moment to notice; until they are gone the folder is theirs. */
const passing = /pre-existing shared memory|lock file|still running|in use|could not bind/i;
const patienceMilliseconds = 15_000;

export async function startPostmaster(options: PostmasterOptions): Promise<ChildProcess> {
  const giveUpAt = performance.now() + patienceMilliseconds;
  for (;;) {
    const child = await launch(options);
    if (await becomesReady(child, options.location.data)) return child;
    const reason = lastWords(options.logFile);
    if (!passing.test(reason) || performance.now() > giveUpAt) {
      throw cannotStart(
        `PostgreSQL did not start: ${reason || 'it said nothing'}. Its log is ${options.logFile}.`,
      );
    }
    await sleep(200);
  }
}
