import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot } from './run-program.mjs';

const isSource = (name) => !/\.test\.tsx?$/.test(name) && name !== 'testing' && !name.startsWith('.');

function filesUnder(path) {
  const full = inRoot(path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { withFileTypes: true })
    .filter((entry) => isSource(entry.name))
    .flatMap((entry) => filesUnder(join(path, entry.name)));
}

/** By content, not by time: a checkout of another branch and back is no change. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder).sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0');
  return hash.digest('hex');
}

export function isStamped(stamp, mark) {
  const file = inRoot(stamp);
  return existsSync(file) && readFileSync(file, 'utf8') === mark;
}

export function writeStamp(stamp, mark) {
  const file = inRoot(stamp);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, mark);
}
