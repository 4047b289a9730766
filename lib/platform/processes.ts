import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '@/lib/platform/errors';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
  return !isZombie(pid);
}

function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may itself hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** Killed, but not yet collected by its parent: a container without an init process keeps such entries for ever. */
function isZombie(pid: number): boolean {
  return statOf(pid)?.[0] === 'Z';
}

function ps(pid: number, column: string): string | null {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

/**
 * When a process started, in the machine's own words: pids are reused, a pid together with this is not.
 * The boot counts, too: ticks start again at zero.
 */
export function startMark(pid: number): string | null {
  const ticks = statOf(pid)?.[19];
  if (ticks === undefined) return ps(pid, 'lstart');
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return ticks;
  }
}

export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return ps(pid, 'command') ?? '';
  }
}

/** Looks again every few milliseconds until `look` finds something or the time is up. */
export async function waitFor<T>(
  look: () => T | undefined | Promise<T | undefined>,
  milliseconds: number,
  stepMilliseconds = 20,
) {
  const end = performance.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() >= end) return undefined;
    await sleep(stepMilliseconds);
  }
}
