import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot } from './run-program.mjs';
import { Stop } from './say.mjs';

const folder = () => inRoot('.gait/prepare.lock');

function holder() {
  try {
    return Number(readFileSync(`${folder()}/pid`, 'utf8'));
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryTake() {
  try {
    mkdirSync(inRoot('.gait'), { recursive: true });
    mkdirSync(folder());
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new Stop(
      `Gait has to install or build, and cannot write to ${inRoot('.')} (${error.code}). Make the folder writable.`,
    );
  }
  writeFileSync(`${folder()}/pid`, String(process.pid));
  return true;
}

/** Two first starts in one checkout take turns; a lock whose owner was killed is taken over. */
export async function withPrepareLock(work) {
  let waited = 0;
  while (!tryTake()) {
    const pid = holder();
    // A lock without a pid is one that was just made, or whose maker was killed in that very moment.
    if ((pid !== null && !isAlive(pid)) || (pid === null && waited > 2_000))
      rmSync(folder(), { recursive: true, force: true });
    else if (waited === 0)
      process.stderr.write('Another Gait is installing or building in this folder; waiting for it.\n');
    await sleep(250);
    waited += 250;
  }
  try {
    return await work();
  } finally {
    rmSync(folder(), { recursive: true, force: true });
  }
}
