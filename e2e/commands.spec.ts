import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { environment, node, startServer } from './fixtures/server';

/** The commands as a shell meets them: real processes, without a browser. */

let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-commands-'));
  chmodSync(folder, 0o711);
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

type Outcome = { code: number | null; stdout: string; stderr: string };

function start(program: string, args: readonly string[]): { child: ChildProcess; outcome: Promise<Outcome> } {
  const child = spawn(program, args, {
    env: environment({ GAIT_HOME: join(folder, 'home') }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const outcome = new Promise<Outcome>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, outcome };
}

const gait = (...args: readonly string[]) => start(node, ['dist/gait.mjs', ...args]);

/** Runs a line of shell in which `gait` is the command. */
function shell(line: string): Promise<Outcome> {
  return start('bash', ['-c', `gait() { '${node}' dist/gait.mjs "$@"; }; ${line}`]).outcome;
}

/** The PostgreSQL of the data folder, and the files of one that runs. */
const leftBehind = () =>
  ['gait.lock', 'postgres/postmaster.pid'].filter((name) => existsSync(join(folder, 'home', name)));

test('who reads only the beginning of an answer gets that, and nobody sees a stack trace', async () => {
  const ticks = Array.from({ length: 20_000 }, (_, at) => `{"t":${at},"type":"tick"}`);
  const events = write('events.ndjson', ticks.join('\n'));
  expect(await shell(`gait trust replay '${events}' | head -1; echo "\${PIPESTATUS[0]}"`)).toEqual({
    code: 0,
    stdout: 'day 0  crawl  hold  epoch 1  0 matured  nothing proven\n0\n',
    stderr: '',
  });
});

test('an answer that cannot be written is a failure, said in one sentence', async () => {
  test.skip(!existsSync('/dev/full'), 'only Linux has a disk that is always full');
  const events = write('events.ndjson', '{"t":1,"type":"tick"}\n{"t":2,"type":"tick"}\n');
  expect(await shell(`gait trust replay '${events}' > /dev/full`)).toEqual({
    code: 3,
    stdout: '',
    stderr: 'The answer could not be written: the disk is full.\n',
  });
});

test('what stands in a file cannot steer the terminal', async () => {
  const csv = write('prs.csv', 'id,repo,number,created_at,state\n1,a/b,1,\u001b[2Jnever,open\n');
  const shown = await shell(`gait import '${csv}' --agent codex --dry-run`);
  expect(shown).toMatchObject({ code: 1, stderr: '' });
  expect(shown.stdout).toContain('createdAt "�[2Jnever" is not a time');
  const json = await shell(`gait trust check '${write('v.json', '\u009b2J')}'`);
  expect(json.code).toBe(2);
  expect((json.stdout + json.stderr).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

for (const [when, file] of [
  ['while its database starts', 'gait.lock'],
  ['while it works', 'postgres/postmaster.pid'],
] as const) {
  test(`a command that is interrupted ${when} leaves no database running`, async () => {
    test.setTimeout(60_000);
    const { child, outcome } = gait('migrate');
    await expect
      .poll(() => existsSync(join(folder, 'home', file)), { timeout: 20_000, intervals: [50] })
      .toBe(true);
    child.kill('SIGINT');
    expect(await outcome).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/\nStopping\.\n$/),
    });
    expect(leftBehind()).toEqual([]);
  });
}

test('an import that is interrupted goes on where it stopped, and its sums are those of the whole', async () => {
  test.setTimeout(120_000);
  const server = await startServer({ home: join(folder, 'home') });
  await server.stop();
  const rows = Array.from({ length: 15_000 }, (_, at) => `${at},${at},a/b,2025-06-01T00:00:00Z,open`);
  const csv = write('prs.csv', `id,number,repo,created_at,state\n${rows.join('\n')}\n`);
  const args = ['import', csv, '--agent', 'codex', '--errors', join(folder, 'errors.ndjson')];
  const imports = () =>
    existsSync(join(folder, 'home', 'imports')) ? readdirSync(join(folder, 'home', 'imports')) : [];
  const first = gait(...args);
  await expect.poll(imports, { timeout: 30_000, intervals: [50] }).toHaveLength(1);
  first.child.kill('SIGINT');
  const stopped = await first.outcome;
  expect(stopped.code).toBe(3);
  const went = /^([\d,]+) events went in\. The same command goes on from there\.$/m.exec(stopped.stderr)?.[1];
  expect(went).toBeDefined();
  expect(leftBehind()).toEqual([]);
  const rebuilt = await gait('rebuild').outcome;
  expect(rebuilt.stdout, 'what was not counted yet is no difference').toContain('Everything is equal');
  const last = await gait(...args).outcome;
  expect(last.code).toBe(0);
  expect(last.stderr).toContain(`Going on where the last import stopped, after ${went} events.`);
  expect(last.stdout).toContain('prs.csv: 15,000 pull requests read = 15,000 imported + 0 refused\n');
  expect(last.stdout).toContain('15,000 events sent = 15,000 new + 0 already known + 0 refused');
  expect(imports()).toEqual([]);
});
