import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cannotStart } from '@/lib/platform/errors';
import { type Binaries, majorVersion } from '@/lib/platform/postgres/binaries';
import type { Location } from '@/lib/platform/postgres/location';
import { identity } from '@/lib/platform/postgres/run-as';

/** PostgreSQL gets nothing of our environment: neither its locale nor anybody's PG* variables may change what it does. */
export const postgresEnvironment: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' };

/** The superuser's password, made once and readable only by whoever runs Gait. */
export function keptPassword(home: string): string {
  const file = join(home, 'postgres-password');
  if (!existsSync(file))
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

function run(program: string, args: readonly string[], who: { uid?: number; gid?: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...who,
      cwd: '/',
      env: postgresEnvironment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      words += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(words.trim().split('\n').at(-1) ?? `exit ${code}`)),
    );
  });
}

/** Built aside and moved into place when complete, so that an interrupted first start leaves nothing half made. */
async function createData(location: Location, binaries: Binaries, password: string): Promise<void> {
  const draft = `${location.data}.new`;
  const passwordFile = `${location.data}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (location.runAs !== null) {
      for (const path of [draft, passwordFile]) chownSync(path, location.runAs.uid, location.runAs.gid);
    }
    const settings = [
      '--username=gait',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
    ];
    // The built-in provider sorts the same on every machine and through every update of its libraries.
    const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    await run(binaries.initdb, [`--pgdata=${draft}`, ...settings, ...locale], identity(location.runAs));
    renameSync(draft, location.data);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Makes the data folder on the first start; later only checks that these programs can read it. */
export async function initialise(location: Location, binaries: Binaries, password: string): Promise<boolean> {
  const versionFile = join(location.data, 'PG_VERSION');
  if (!existsSync(location.data)) {
    await createData(location, binaries, password).catch((error: unknown) => {
      throw cannotStart(
        `PostgreSQL could not prepare ${location.data}: ${error instanceof Error ? error.message : String(error)}.`,
        error,
      );
    });
    return true;
  }
  const made = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'unknown';
  if (made === majorVersion(binaries)) return false;
  throw cannotStart(
    `The database in ${location.data} was made by PostgreSQL ${made}, and this Gait brings PostgreSQL ${majorVersion(binaries)}. Use the Gait that made it, or restore a backup of it here.`,
  );
}
