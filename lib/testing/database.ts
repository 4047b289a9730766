import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { closeDatabase } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { createTestDatabase, type TestDatabase } from '@/lib/platform/testing/database';

export type UsedDatabase = {
  /** Address of the test file's own database; known once `beforeAll` has run. */
  readonly url: string;
  /** Runs SQL as the owner, a superuser, outside of everything that the app does. */
  asOwner<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
};

/** Gives the test file a migrated database of its own, which `lib/platform/db` then talks to. */
export function aTestDatabase(prepare: (url: string) => Promise<void> = async () => {}): UsedDatabase {
  let database: TestDatabase | undefined;
  let owner: Client | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    await prepare(database.databaseUrl);
    adoptEnv({ DATABASE_URL: database.databaseUrl, LOG_LEVEL: 'silent', DATABASE_POOL_SIZE: '20' });
    owner = await connect(database.databaseUrl);
  });
  afterAll(async () => {
    await closeDatabase();
    await owner?.end();
    await database?.drop();
  });
  return {
    get url() {
      if (!database) throw new Error('The database is there from beforeAll on.');
      return database.databaseUrl;
    },
    async asOwner<Row extends object>(sql: string, values: readonly unknown[] = []) {
      if (!owner) throw new Error('The database is there from beforeAll on.');
      return (await owner.query<Row>(sql, [...values])).rows;
    },
  };
}

/** A connection of the test's own, for transactions that the app knows nothing of. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
