import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cannotStart } from '@/lib/platform/errors';
import { projectRoot } from '@/lib/platform/root';
import { whyUnwritable } from '@/lib/platform/unwritable';

/** The data folder: as given (seen from where the person stands), or a folder of the checkout. */
export function homeFolder(given: string | undefined, fallback = '.gait'): string {
  return given === undefined ? join(projectRoot(), fallback) : resolve(given);
}

function unwritable(home: string, error: unknown): never {
  if (existsSync(home) && !statSync(home).isDirectory())
    throw cannotStart(
      `Gait cannot keep its data in ${home}: it is a file. Set GAIT_HOME to a folder.`,
      error,
    );
  const reason = whyUnwritable(error, 'no folder can be made there');
  throw cannotStart(
    `Gait cannot keep its data in ${home}: ${reason}. Make the folder writable, or set GAIT_HOME to another one.`,
    error,
  );
}

/** Node's own `recursive` never comes back where a file system refuses new folders with ENOENT, as /proc does. */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder), mode);
  mkdirSync(folder, { mode });
}

/** Under root the folder may be entered by PostgreSQL's user; every file in it that matters is readable by its owner alone. */
export function prepareHome(home: string): void {
  try {
    makeFolder(home, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(home, constants.W_OK | constants.X_OK);
    // A read-only disk says yes to root's access check, and no to this.
    const probe = join(home, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    unwritable(home, error);
  }
}

export const secretFile = (home: string): string => join(home, 'auth-secret');

/** The secret that this folder keeps; undefined when it keeps none. */
export function readSecretFile(home: string): string | undefined {
  const file = secretFile(home);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Made once, kept for ever: what is sealed under it opens under no other. Whole on the disk before anything is. */
export function makeSecretFile(home: string): string {
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(secretFile(home), `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return secret;
}
