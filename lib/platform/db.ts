import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { type Prisma, PrismaClient } from '@/generated/prisma/client';
import type { OrgId } from './ctx';
import { isRetryable, translateDatabaseError } from './db-errors';
import { env } from './env';
import { openPool } from './pool';
import { onShutdown } from './shutdown';

/** What verbs and reads get: a transaction that sees one organisation's rows and no others. */
export type Tx = Prisma.TransactionClient;

/** How long a request waits for a connection before it is told to come back, in ms. */
const ACQUIRE_TIMEOUT_MS = 2_000;
/** How long a request waits for somebody else's lock before it is told to come back, in ms. */
const LOCK_TIMEOUT_MS = 1_500;
/** A statement's limit lies below the transaction's, so that a slow statement ends before the transaction is torn down. */
const STATEMENT_TIMEOUT_MS = 25_000;
const TRANSACTION_TIMEOUT_MS = 30_000;
const ATTEMPTS = 4;

/**
 * The adapter sends times without an offset, and doubles travel as text: neither may depend on the server's settings. Said in each
 * transaction: as a parameter of the connection, PgBouncer refuses the time limit. Where a database is SERIALIZABLE by default, workers
 * that share a list would undo each other; locks and keys are what Gait relies on.
 */
const OWN_SETTINGS = `SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}`;

type Database = { prisma: PrismaClient; pool: Pool };

const KEY = Symbol.for('gait.database');
const holder = globalThis as typeof globalThis & { [KEY]?: Database };

/** One pool a process: the server's bundle and the launcher's bundle meet on the global object. */
function database(): Database {
  holder[KEY] ??= open();
  return holder[KEY];
}

function open(): Database {
  const { DATABASE_URL, DATABASE_POOL_SIZE } = env();
  const pool = openPool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL_SIZE,
    connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS,
    idleTimeoutMillis: 60_000,
    application_name: 'gait',
  });
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: ACQUIRE_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS },
  });
  // Opened before anything that works with it, so it is closed after all of them.
  onShutdown('database', closeDatabase);
  return { prisma, pool };
}

/**
 * Runs `work` in one transaction as the role that cannot bypass row-level security, scoped to one organisation.
 * Settings are local to the transaction, so nothing leaks through a transaction-mode pooler. Deadlocks and
 * serialization failures are retried; a full pool or a lost database becomes `overloaded` or `unavailable`.
 */
export async function inOrg<T>(orgId: OrgId, work: (tx: Tx) => Promise<T>): Promise<T> {
  return retrying(() =>
    database().prisma.$transaction(async (tx) => {
      await enterOrg(tx, orgId);
      return work(tx);
    }),
  );
}

/** Runs `work` in one transaction without an organisation: for the undistributed work lists. */
export async function inWorkList<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return retrying(() =>
    database().prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe(OWN_SETTINGS);
      return work(tx);
    }),
  );
}

/**
 * Enters an organisation inside a transaction begun by `inWorkList`. `orgId` is branded: `vouchForOrg` has checked that
 * it is a UUID and nothing else.
 */
export async function enterOrg(
  tx: Tx,
  orgId: OrgId,
  writes: 'lasting' | 'derivable' = 'lasting',
): Promise<void> {
  // What is derived, and the row of work it was derived by, go together: a crash that loses both only leaves the work to do.
  const durability = writes === 'derivable' ? '; SET LOCAL synchronous_commit = off' : '';
  await tx.$executeRawUnsafe(
    `SET LOCAL ROLE gait_app; SET LOCAL app.org = '${orgId}'; ${OWN_SETTINGS}; SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}${durability}`,
  );
}

/**
 * Keeps the organisation of the transaction from being removed until it ends, as every insert does; for those who would
 * otherwise lock rows first, and so wait for the removal in a circle. @returns whether it is still there
 */
export async function holdOrg(tx: Tx): Promise<boolean> {
  const [held] = await tx.$queryRaw<[{ stands: boolean }]>`SELECT hold_organisation() AS stands`;
  return held.stands;
}

/** The bare pool, for a library that counts in a table without tenant content. Not scoped to anybody: nothing else may use it. */
export function unsafePool(): Pool {
  return database().pool;
}

/** Ends the pool; the next use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const open = holder[KEY];
  delete holder[KEY];
  await open?.prisma.$disconnect();
  await open?.pool.end();
}

async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= ATTEMPTS || !isRetryable(error)) throw translateDatabaseError(error);
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** tries * Math.random()));
    }
  }
}
