import { exitCodes, remark } from '@/lib/cli/outcome';
import { adoptCommandSecret } from '@/lib/platform/auth-secret';
import { systemClock } from '@/lib/platform/clock';
import { adoptEnv, env } from '@/lib/platform/env';
import { homeFolder, prepareHome } from '@/lib/platform/home';
import { type Closers, createClosers } from '@/lib/platform/launch/closers';
import { acquireLock } from '@/lib/platform/lock';
import { logger } from '@/lib/platform/logger';
import { migrate } from '@/lib/platform/migrate';
import { findRun } from '@/lib/platform/run-file';
import { stopRegistered } from '@/lib/platform/shutdown';
import { onStopSignal } from '@/lib/platform/signals';

/** @property home the data folder, also where the database is not in it */
export type LocalDatabase = { databaseUrl: string; applied: string[]; home: string };

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

export type DatabaseOptions = {
  /** Whether `work` listens for signals and comes to its end by itself. */
  stopsItself?: boolean;
  /** Whether it is refused where AUTH_SECRET is another, or missing: unless nothing sealed is read or written. */
  comparesSecret?: boolean;
  /** Whether the database is brought up to this version first. */
  migrates?: boolean;
};

/**
 * The database a command works on: DATABASE_URL, or a running Gait's, or else Gait's own, started for the while. Migrated,
 * and adopted as DATABASE_URL, so that `lib/platform/db` finds it. A command that is interrupted leaves none running.
 */
export async function withDatabase<T>(
  work: (database: LocalDatabase) => Promise<T>,
  { stopsItself = false, comparesSecret = true, migrates = true }: DatabaseOptions = {},
): Promise<T> {
  const { DATABASE_URL, GAIT_HOME, GAIT_URL } = env();
  const closers = createClosers((line) => logger().warn(line));
  const interruption = stopsItself ? null : listenForStop(closers);
  try {
    const run = DATABASE_URL === undefined ? running(GAIT_HOME) : undefined;
    const home = run?.home ?? homeFolder(GAIT_HOME);
    const databaseUrl = DATABASE_URL ?? run?.databaseUrl ?? (await startOwn(home, closers));
    await interruption?.mayEnd();
    const { applied } = migrates ? await migrate(databaseUrl, remark) : { applied: [] };
    adoptEnv({ DATABASE_URL: databaseUrl });
    // Links that a command makes lead to where people reach the one that runs.
    if (run !== undefined) adoptEnv({ GAIT_URL: GAIT_URL ?? run.url });
    if (DATABASE_URL === undefined) adoptEnv({ GAIT_HOME: home });
    closers.add(() => stopRegistered(remark));
    if (comparesSecret) await adoptCommandSecret(home, DATABASE_URL === undefined);
    return await work({ databaseUrl, applied, home });
  } catch (error) {
    // What failed, failed since its database was taken away.
    await interruption?.mayEnd();
    throw error;
  } finally {
    await closers.closeAll();
    interruption?.listenNoMore();
  }
}

/** Ends the process in good order when it is told to stop; not before `mayEnd`, since a start that is half done cannot be undone. */
function listenForStop(closers: Closers): { mayEnd(): Promise<void>; listenNoMore(): void } {
  let isAsked = false;
  let isFree = false;
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => {
    ending ??= closers.closeAll().then(() => process.exit(exitCodes.couldNot));
    return ending;
  };
  const listenNoMore = onStopSignal(() => {
    remark('\nStopping.');
    isAsked = true;
    if (isFree) void end();
  });
  return {
    listenNoMore,
    mayEnd: async () => {
      isFree = true;
      if (isAsked) await end();
    },
  };
}

async function startOwn(home: string, closers: Closers): Promise<string> {
  prepareHome(home);
  const lock = acquireLock(home, { command: 'gait', url: null, clock: systemClock });
  closers.add(lock.release);
  const { startEmbeddedPostgres } = await import('@/lib/platform/postgres/embedded');
  const postgres = await startEmbeddedPostgres({ home, say: remark, log: logger() });
  closers.add(postgres.stop);
  return postgres.databaseUrl;
}
