import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const lookMilliseconds = 250;

/** The parent of a process, and the words it was started with; null where the system does not tell. */
function readProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return { parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), command };
  } catch {
    return askPs(pid);
  }
}

function askPs(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' });
    const [parent, ...command] = line.trim().split(/\s+/);
    return { parent: Number(parent), command };
  } catch {
    return null;
  }
}

function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** npm, and the shell that it may have put between itself and us. */
function npmParents() {
  const above = readProcess(process.ppid);
  const isShell = above?.command[1] === '-c';
  return isShell ? [process.ppid, above.parent] : [process.ppid];
}

/**
 * npm passes a signal on to its shell or dies of it, and its shell may die without a word to us: so who runs under npm looks
 * whether both are still there. Without npm nobody looks, for then the terminal may well be closed behind us.
 * @returns what ends the looking
 */
export function onNpmGone(stop) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const parents = npmParents();
  const timer = setInterval(() => {
    if (process.ppid === parents[0] && parents.every(isThere)) return;
    clearInterval(timer);
    stop();
  }, lookMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
