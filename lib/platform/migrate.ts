import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectPatiently } from '@/lib/platform/database-check';
import { cannotStart, messageOf, systemCode } from '@/lib/platform/errors';
import { applyInTurn } from '@/lib/platform/migrate/apply';
import {
  type Migration,
  pendingMigrations,
  readHistory,
  readMigrations,
} from '@/lib/platform/migrate/history';
import { projectRoot } from '@/lib/platform/root';

/** A version that serves meanwhile works on the same tables: each of these undoes one side whole, and trying again is right. */
const passing = new Set([
  '40P01', // a deadlock
  '40001', // a serialization failure
  '55P03', // a lock that did not come within the time limit
]);
const ATTEMPTS = 8;
/** The wait after attempt n is up to 2^n of these, and at most `LONGEST_WAIT_MS`: at random, so that two do not meet again. */
const WAIT_MS = 100;
const LONGEST_WAIT_MS = 4_000;

async function applyPatiently(
  databaseUrl: string,
  migrations: readonly Migration[],
  name: string,
  log: (line: string) => void,
): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await connectPatiently(databaseUrl);
    try {
      return await applyInTurn(client, migrations, name);
    } catch (error) {
      if (attempt === ATTEMPTS || !passing.has(systemCode(error) ?? '')) throw undone(name, error);
      log(
        `Migration ${name} met other work on the database and was undone (${messageOf(error)}). Trying again, ${attempt + 1} of ${ATTEMPTS}.`,
      );
    } finally {
      await client.end();
    }
    await sleep(Math.min(LONGEST_WAIT_MS, WAIT_MS * 2 ** attempt) * Math.random());
  }
}

function undone(name: string, cause: unknown): unknown {
  if (systemCode(cause) === 'cannot_start') return cause;
  return cannotStart(
    `Migration ${name} failed and was undone: ${messageOf(cause)}. Nothing of it is in the database; start again once the cause is gone.`,
    cause,
  );
}

export const migrationsFolder = (): string => join(projectRoot(), 'prisma', 'migrations');

export type MigrateOptions = {
  folder?: string;
  /** The migrations to go as far as; absent: all there are. */
  only?: readonly string[];
  patienceMilliseconds?: number;
};

/** Brings the database up to this version of Gait: nothing to do takes one query. Replicas that start together share the work. */
export async function migrate(
  databaseUrl: string,
  log: (line: string) => void,
  { folder = migrationsFolder(), only, patienceMilliseconds = 10_000 }: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder).filter(({ name }) => only?.includes(name) ?? true);
  const pending = await whatIsPending(databaseUrl, migrations, patienceMilliseconds);
  if (pending.length === 0) return { applied: [] };
  log(`Applying ${pending.length} ${pending.length === 1 ? 'migration' : 'migrations'} to the database.`);
  const applied: string[] = [];
  for (const name of pending) {
    if (await applyPatiently(databaseUrl, migrations, name, log)) applied.push(name);
  }
  return { applied };
}

async function whatIsPending(
  databaseUrl: string,
  migrations: readonly Migration[],
  patienceMilliseconds: number,
): Promise<string[]> {
  const client = await connectPatiently(databaseUrl, patienceMilliseconds);
  try {
    return pendingMigrations(await readHistory(client), migrations);
  } finally {
    await client.end();
  }
}
