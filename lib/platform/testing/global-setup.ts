import { rmSync } from 'node:fs';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/lib/platform/migrate';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/platform/postgres/embedded';
import { withDatabaseName } from '@/lib/platform/testing/database';
import { temporaryHome } from '@/lib/platform/testing/home';

declare module 'vitest' {
  interface ProvidedContext {
    testServerUrl: string;
  }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Tests may lose what they wrote; real data never. */
const fastSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/** One PostgreSQL for the whole run, with one migrated database that every test file copies. */
export default async function startTestServer(project: TestProject): Promise<() => Promise<void>> {
  const home = temporaryHome();
  let postgres: EmbeddedPostgres | undefined;
  /** Vitest exits on Ctrl-C without waiting for anybody, and PostgreSQL has a process group of its own. */
  function endAtOnce(): void {
    const pid = postgres?.pid();
    if (pid !== undefined) process.kill(pid, 'SIGQUIT');
    rmSync(home, { recursive: true, force: true });
  }
  process.once('exit', endAtOnce);
  async function stop(): Promise<void> {
    process.off('exit', endAtOnce);
    await postgres?.stop();
    rmSync(home, { recursive: true, force: true });
  }
  try {
    postgres = await startEmbeddedPostgres({
      home,
      say: () => undefined,
      log: silent,
      settings: fastSettings,
    });
    const admin = new Client({ connectionString: postgres.databaseUrl });
    await admin.connect();
    await admin.query('CREATE DATABASE gait_template');
    await admin.end();
    await migrate(withDatabaseName(postgres.databaseUrl, 'gait_template'), () => undefined);
    project.provide('testServerUrl', postgres.databaseUrl);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
