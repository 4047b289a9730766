import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

export type TestDatabase = {
  databaseUrl: string;
  drop(): Promise<void>;
};

export function withDatabaseName(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject('testServerUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function create(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return {
    databaseUrl: withDatabaseName(inject('testServerUrl'), name),
    drop: () => asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** A migrated, empty database of the test file's own: `beforeAll` creates it, `afterAll` drops it. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create('gait_template');
}

/** One with all that another has, to which nobody is connected. */
export function createCopyOf({ databaseUrl }: TestDatabase): Promise<TestDatabase> {
  return create(new URL(databaseUrl).pathname.slice(1));
}

/** One without any table, for the tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create('template0');
}
