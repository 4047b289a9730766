import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acquireLock, lockHolder } from './lock';
import { startMark } from './processes';
import { findRun, writeRun } from './run-file';

const clock = { now: () => new Date('2026-11-22T14:03:00') };
const me = { command: 'npm start', url: 'http://localhost:3000', clock };
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gait-lock-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function leaveLock(holder: object): void {
  const base = {
    mark: null,
    startedAt: clock.now().toISOString(),
    command: 'npm start',
    url: 'http://localhost:3000',
  };
  writeFileSync(join(home, 'gait.lock'), JSON.stringify({ ...base, ...holder }));
}

/** The pid of a process that was, and is no more. */
async function deadPid(): Promise<number> {
  const child = spawn('true');
  await once(child, 'close');
  return child.pid ?? 0;
}

it('keeps a second process out, and names the first', () => {
  acquireLock(home, me);
  expect(() => acquireLock(home, me)).toThrow(
    `Gait is already running on this folder: process ${process.pid} (npm start, since 14:03), at http://localhost:3000. Stop it first, or set GAIT_HOME to another folder.`,
  );
});

it('lets the next one in after release, and leaves nothing behind', () => {
  acquireLock(home, me).release();
  acquireLock(home, me).release();
  expect(readdirSync(home)).toEqual([]);
});

it('takes over from a process that died', async () => {
  leaveLock({ pid: await deadPid() });
  expect(lockHolder(home)).toBeNull();
  acquireLock(home, me);
  expect(lockHolder(home)?.pid).toBe(process.pid);
});

it('takes over when the pid now belongs to another program', () => {
  leaveLock({ pid: process.pid, mark: `${startMark(process.pid)}-earlier` });
  acquireLock(home, me);
  expect(lockHolder(home)?.mark).toBe(startMark(process.pid));
});

it('takes over a file that is no lock', () => {
  writeFileSync(join(home, 'gait.lock'), '');
  acquireLock(home, me);
  expect(existsSync(join(home, 'gait.lock'))).toBe(true);
});

it('believes a run file only while its process holds the lock', async () => {
  const run = { pid: process.pid, url: 'http://localhost:3000', databaseUrl: 'postgresql://localhost/gait' };
  writeRun(home, run);
  expect(findRun(home)).toBeNull();
  const lock = acquireLock(home, me);
  expect(findRun(home)).toEqual(run);
  lock.release();
  leaveLock({ pid: await deadPid() });
  expect(findRun(home)).toBeNull();
});
