import { isStale, make, parts } from './build.mjs';
import { install, needsInstall } from './install.mjs';
import { withPrepareLock } from './prepare-lock.mjs';
import { step } from './say.mjs';

/** Installs and builds what is missing or out of date, and nothing else; quick and silent when there is nothing to do. */
export async function prepare(wanted) {
  const chosen = wanted.map((name) => parts[name]);
  if (!needsInstall() && !chosen.some(isStale)) return;
  await withPrepareLock(async () => {
    if (needsInstall()) await step('Installing dependencies (one to three minutes)', install);
    for (const part of chosen) {
      if (isStale(part)) await step(part.title, () => make(part));
    }
  });
}

/** A Node too old to read the rest says so itself, in the words of whoever has to act. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`Gait needs Node 20.19 or newer to start; this is ${process.versions.node}.\n`);
  process.exit(3);
}
