import { readdirSync, readFileSync } from 'node:fs';
import type { Client } from 'pg';

/** Linux counts a process's time in hundredths of a second. */
const TICKS_A_SECOND = 100;

type Times = { parent: number; own: number; ofDeadChildren: number };

/** Null where the system does not tell, or the process is gone. */
function timesOf(pid: number | string): Times | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name in brackets, which may hold spaces.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [own = 0, system = 0, children = 0, childrenSystem = 0] = fields.slice(11);
    return { parent, own: own + system, ofDeadChildren: children + childrenSystem };
  } catch {
    return null;
  }
}

const toMilliseconds = (ticks: number): number => (ticks * 1000) / TICKS_A_SECOND;

/** Processor time that a process has used so far, in ms; NaN where the system does not tell. */
export function cpuMilliseconds(pid: number): number {
  return toMilliseconds(timesOf(pid)?.own ?? Number.NaN);
}

/** Processor time that all processes of a PostgreSQL on this machine have used so far, in ms; NaN where the system does not tell. */
export async function postgresCpuMilliseconds(db: Client): Promise<number> {
  const { rows } = await db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const postmaster = timesOf(rows[0]?.pid ?? 0)?.parent;
  const main = postmaster && timesOf(postmaster);
  if (!main) return Number.NaN;
  const children = readdirSync('/proc').flatMap((name) => {
    const times = /^\d+$/.test(name) ? timesOf(name) : null;
    return times?.parent === postmaster ? [times.own] : [];
  });
  return toMilliseconds(children.reduce((sum, own) => sum + own, main.own + main.ofDeadChildren));
}
