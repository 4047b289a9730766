import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { environment, node } from './fixtures/server';

/** The commands as a shell meets them: real processes, without a browser. */

let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-commands-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Runs a line of shell in which `gait` is the command. */
function shell(line: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const gait = `gait() { '${node}' dist/gait.mjs "$@"; }`;
  const child = spawn('bash', ['-c', `${gait}; ${line}`], {
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
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

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
