import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Writes its pid into a file, and stays. */
const stays = `require('fs').writeFileSync(process.argv[1], String(process.pid)); setInterval(() => {}, 1000);`;

/** Runs lines of JavaScript that know what the scripts know. */
function run(lines: string): { child: ChildProcess; code: Promise<number | null>; said: () => string } {
  const script = `
    import { runForeground, runLogged } from '${here('run-program.mjs')}';
    import { Stop } from '${here('say.mjs')}';
    ${lines}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, npm_lifecycle_event: undefined },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  return { child, code: new Promise((resolve) => child.on('close', resolve)), said: () => said };
}

async function pidIn(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(20);
  return Number(readFileSync(file, 'utf8'));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s during a step ends what it runs, and is no error of it',
  async (signal) => {
    const file = join(folder, 'pid');
    const { child, code, said } = run(`
    await runLogged('test-step', process.execPath, ['-e', ${JSON.stringify(stays)}, ${JSON.stringify(file)}])
      .catch((error) => {
        if (!(error instanceof Stop)) throw error;
        process.stderr.write(error.message);
        process.exitCode = 3;
      });`);
    const pid = await pidIn(file);
    child.kill(signal);
    expect(await code).toBe(3);
    expect(said()).toBe('Stopped. The same command goes on from there.');
    expect(isAlive(pid)).toBe(false);
  },
);

it('a program that a signal ended is told as a shell tells it', async () => {
  const killed = `process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);`;
  const { code } = run(`
    process.exitCode = await runForeground(process.execPath, ['-e', ${JSON.stringify(killed)}]);`);
  expect(await code).toBe(143);
});
