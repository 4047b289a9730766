import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@/lib/platform/clock';
import { AppError } from '@/lib/platform/errors';
import { migrate } from '@/lib/platform/migrate';
import { schemaDrift } from '@/lib/platform/migrate/schema';
import { startEmbeddedPostgres } from '@/lib/platform/postgres/embedded';
import { projectRoot } from '@/lib/platform/root';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function missingSql(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'gait-migration-'));
  chmodSync(home, 0o711);
  const postgres = await startEmbeddedPostgres({
    home,
    say: () => undefined,
    log: silent,
    settings: { fsync: 'off' },
  });
  try {
    await migrate(postgres.databaseUrl, () => undefined);
    return await schemaDrift(postgres.databaseUrl);
  } finally {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** For developers: what the migrations do not yet do for prisma/schema becomes the next one. Returns its file, or null. */
export async function writeMigration(name: string | undefined): Promise<string | null> {
  if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
    throw new AppError(
      'invalid',
      'Use: node scripts/new-migration.mjs NAME, in lower case with underscores, such as add_webhook.',
    );
  }
  const sql = await missingSql();
  if (sql === '') return null;
  const stamp = systemClock.now().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(projectRoot(), 'prisma', 'migrations', `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), `${sql}\n`);
  return join(folder, 'migration.sql');
}
