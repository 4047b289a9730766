import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { environment, freePort, isAlive, node, temporaryHome } from './fixtures/server';

/** Stopping the program that a person or a service manager started, which is never the server itself. */

type Running = { pid: number; server: number; postgres: number; home: string };

async function start(program: string, args: readonly string[]): Promise<Running> {
  const home = temporaryHome();
  const env = environment({ GAIT_HOME: home, PORT: String(await freePort()) });
  // A group of its own, so that a signal reaches the one process it is meant for.
  const { pid = 0 } = spawn(program, args, { env, detached: true, stdio: 'ignore' });
  const run = join(home, 'run.json');
  await expect.poll(() => existsSync(run), { timeout: 60_000 }).toBe(true);
  const [postmaster = ''] = readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  const server: number = JSON.parse(readFileSync(run, 'utf8')).pid;
  return { pid, server, postgres: Number(postmaster), home };
}

for (const [name, program, args] of [
  ['npm start', 'npm', ['start']],
  ['scripts/run.mjs', node, ['scripts/run.mjs', 'start']],
] as const) {
  for (const [signal, target] of [
    ['SIGTERM', 'it alone'],
    ['SIGHUP', 'it alone'],
    ['SIGHUP', 'all that the terminal started'],
  ] as const) {
    test(`${name}: ${signal} to ${target} leaves no process behind, and the folder in order`, async () => {
      const { pid, server, postgres, home } = await start(program, args);
      process.kill(target === 'it alone' ? pid : -pid, signal);
      const alive = () => [pid, server, postgres].filter(isAlive);
      await expect.poll(alive, { timeout: 10_000 }).toEqual([]);
      for (const file of ['gait.lock', 'run.json', 'postgres/postmaster.pid'])
        expect(existsSync(join(home, file)), file).toBe(false);
      rmSync(home, { recursive: true });
    });
  }
}
