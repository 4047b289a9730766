import { warnOfFaults } from '@/lib/platform/database-check';
import { env } from '@/lib/platform/env';
import type { Closers } from '@/lib/platform/launch/closers';
import type { Say } from '@/lib/platform/launch/say';
import { logger } from '@/lib/platform/logger';
import { migrate } from '@/lib/platform/migrate';

/** The database named by DATABASE_URL, or else Gait's own, started; either way migrated. The caller holds the lock on `home`. */
export async function openDatabase(home: string, say: Say, closers: Closers): Promise<string> {
  const { DATABASE_URL } = env();
  const databaseUrl = DATABASE_URL ?? (await startOwn(home, say, closers));
  await say.step('Checking the database', () => migrate(databaseUrl, say));
  const warning = await warnOfFaults(databaseUrl, DATABASE_URL === undefined);
  if (warning !== null) say(warning);
  return databaseUrl;
}

async function startOwn(home: string, say: Say, closers: Closers): Promise<string> {
  const { startEmbeddedPostgres } = await import('@/lib/platform/postgres/embedded');
  const postgres = await say.step('Starting PostgreSQL', () =>
    startEmbeddedPostgres({ home, say, log: logger() }),
  );
  closers.add(postgres.stop);
  return postgres.databaseUrl;
}
