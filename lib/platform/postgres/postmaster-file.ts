import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cannotStart } from '@/lib/platform/errors';
import { commandOf, isAlive, waitFor } from '@/lib/platform/processes';

/** What PostgreSQL writes into postmaster.pid: pid, folder, start, port, socket folder, address, shared memory, status. */
export type Postmaster = { pid: number; port: number; ready: boolean };

const fileIn = (data: string): string => join(data, 'postmaster.pid');

export function readPostmaster(data: string): Postmaster | null {
  try {
    const lines = readFileSync(fileIn(data), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid === 0) return null;
    return { pid: Math.abs(pid), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}

/** Above every pid that Linux and macOS give out, so PostgreSQL takes the file for a dead server's. */
const nobodysPid = 999_999_999;

/**
 * The pid in the file may meanwhile be some other program's, and PostgreSQL would then refuse to start. Only the pid is
 * replaced: the shared-memory key below it is how PostgreSQL notices backends that outlived their postmaster.
 */
function disownReusedPid(data: string): void {
  const lines = readFileSync(fileIn(data), 'utf8').split('\n');
  writeFileSync(fileIn(data), [String(nobodysPid), ...lines.slice(1)].join('\n'));
}

/**
 * A server left behind by a Gait that was killed: stopped, so that this Gait's own is the only one. The caller holds the
 * lock on the data folder, hence no living Gait uses it.
 */
export async function stopOrphan(data: string, say: (line: string) => void): Promise<void> {
  const found = readPostmaster(data);
  if (found === null || !isAlive(found.pid)) return;
  if (!commandOf(found.pid).includes(data)) return disownReusedPid(data);
  say('Stopping the PostgreSQL that an earlier Gait left running.');
  process.kill(found.pid, 'SIGINT');
  const gone = () => (isAlive(found.pid) ? undefined : true);
  if (await waitFor(gone, 15_000)) return;
  process.kill(found.pid, 'SIGQUIT');
  if (await waitFor(gone, 5_000)) return;
  throw cannotStart(
    `The PostgreSQL that an earlier Gait left running does not stop. End process ${found.pid} by hand and start again.`,
  );
}
