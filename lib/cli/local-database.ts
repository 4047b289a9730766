import { remark } from '@/lib/cli/outcome';
import { systemClock } from '@/lib/platform/clock';
import { adoptEnv, env } from '@/lib/platform/env';
import { homeFolder, keptSecret, prepareHome } from '@/lib/platform/home';
import { createClosers } from '@/lib/platform/launch/closers';
import { acquireLock } from '@/lib/platform/lock';
import { logger } from '@/lib/platform/logger';
import { migrate } from '@/lib/platform/migrate';
import { findRun } from '@/lib/platform/run-file';
import { stopRegistered } from '@/lib/platform/shutdown';

export type LocalDatabase = { databaseUrl: string; applied: string[] };

/** Without GAIT_HOME, whichever Gait of this checkout is running is the one that is meant. */
function running(given: string | undefined): { home: string; databaseUrl: string; url: string } | undefined {
  const homes = given === undefined ? ['.gait', '.gait/demo', '.gait/dev'] : [given];
  for (const name of homes) {
    const home = homeFolder(given, name);
    const run = findRun(home);
    if (run !== null) return { home, databaseUrl: run.databaseUrl, url: run.url };
  }
  return undefined;
}

/**
 * The database a command works on: DATABASE_URL, or a running Gait's, or else Gait's own, started for the while. Migrated,
 * and adopted as DATABASE_URL, so that `lib/platform/db` finds it.
 */
export async function withDatabase<T>(work: (database: LocalDatabase) => Promise<T>): Promise<T> {
  const { DATABASE_URL, GAIT_HOME, AUTH_SECRET, GAIT_URL } = env();
  const closers = createClosers((line) => logger().warn(line));
  try {
    const run = DATABASE_URL === undefined ? running(GAIT_HOME) : undefined;
    const home = run?.home ?? homeFolder(GAIT_HOME);
    const databaseUrl = DATABASE_URL ?? run?.databaseUrl ?? (await startOwn(home, closers));
    const { applied } = await migrate(databaseUrl, remark);
    adoptEnv({ DATABASE_URL: databaseUrl });
    // Links that a command makes lead to where people reach the one that runs.
    if (run !== undefined) adoptEnv({ GAIT_URL: GAIT_URL ?? run.url });
    // The secret of another database would open nothing here.
    if (DATABASE_URL === undefined) adoptEnv({ AUTH_SECRET: AUTH_SECRET ?? keptSecret(home) });
    closers.add(() => stopRegistered(remark));
    return await work({ databaseUrl, applied });
  } finally {
    await closers.closeAll();
  }
}

async function startOwn(home: string, closers: ReturnType<typeof createClosers>): Promise<string> {
  prepareHome(home);
  const lock = acquireLock(home, { command: 'gait', url: null, clock: systemClock });
  closers.add(lock.release);
  const { startEmbeddedPostgres } = await import('@/lib/platform/postgres/embedded');
  const postgres = await startEmbeddedPostgres({ home, say: remark, log: logger() });
  closers.add(postgres.stop);
  return postgres.databaseUrl;
}
