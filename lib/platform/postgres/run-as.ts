import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { cannotStart } from '@/lib/platform/errors';

/** PostgreSQL refuses to run as root; under root it runs as another user, who must be able to reach its files. */
export type RunAs = { uid: number; gid: number; name: string };

const candidates = ['postgres', 'nobody'];

function systemUser(name: string): RunAs | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid), name };
}

/** Null: as ourselves. Existing data decides: whoever owns it goes on owning it. Users are never created. */
export function chooseRunAs(dataFolders: readonly string[]): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  const data = dataFolders.find((folder) => existsSync(folder));
  if (data !== undefined) {
    const { uid, gid } = statSync(data);
    if (uid !== 0) return { uid, gid, name: `user ${uid}` };
  }
  for (const name of candidates) {
    const user = systemUser(name);
    if (user !== null && user.uid !== 0) return user;
  }
  throw cannotStart(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". Start Gait as another user, or set DATABASE_URL.',
  );
}

export function identity(runAs: RunAs | null): { uid?: number; gid?: number } {
  return runAs === null ? {} : { uid: runAs.uid, gid: runAs.gid };
}

/** Asks the system itself, as that user: modes, owners, ACLs and mount options all have a say. */
export function canReach(runAs: RunAs | null, path: string): boolean {
  if (runAs === null) return true;
  return (
    spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...identity(runAs), cwd: '/' }).status === 0
  );
}
