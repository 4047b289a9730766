import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { adoptEnv } from '@/lib/platform/env';
import { allInFile, latestInFile } from './checkpoint-file';

const folder = mkdtempSync(join(tmpdir(), 'gait-file-'));
const LOG = 'gait/one';
let number = 0;
let file = '';
beforeEach(() => {
  number += 1;
  file = join(folder, `checkpoints-${number}`);
  adoptEnv({ AUDIT_CHECKPOINT_FILE: file });
});
afterAll(() => {
  adoptEnv({ AUDIT_CHECKPOINT_FILE: '' });
  rmSync(folder, { recursive: true, force: true });
});

const note = (size: number, { log = LOG, losses = 0, root = size } = {}) =>
  `${log}\n${size}\n${Buffer.alloc(32, root).toString('base64')}\n${losses > 0 ? `losses ${losses}\n` : ''}\n— ${log} ${Buffer.alloc(68, 1).toString('base64')}\n\n`;
const notes = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => note(from + index)).join('');
const sizes = async () => (await latestInFile(LOG)).map(({ size }) => size);

async function all(): Promise<number[]> {
  const found: number[] = [];
  for await (const checkpoints of allInFile(LOG)) found.push(...checkpoints.map(({ size }) => size));
  return found;
}

it('of a long file only the largest are remembered, of each log and each number of losses, and what is appended is read', async () => {
  expect(await sizes()).toEqual([]);
  writeFileSync(file, notes(1, 20_000) + note(99, { log: 'gait/other' }));
  expect((await sizes()).slice(0, 2)).toEqual([20_000, 19_999]);
  expect(await sizes()).toHaveLength(8);
  appendFileSync(file, note(20_001) + note(7, { losses: 1 }) + note(20_001, { root: 3 }));
  const latest = await latestInFile(LOG);
  expect(latest.filter(({ size }) => size === 20_001)).toHaveLength(2);
  expect(latest.filter(({ losses }) => losses === 1).map(({ size }) => size)).toEqual([7]);
  // What stands where two readings overlap is read twice.
  expect(new Set(await all()).size).toBe(20_001);
});

it('a checkpoint of which half was there when it was read is read to its end', async () => {
  const whole = note(5);
  writeFileSync(file, note(4) + whole.slice(0, 40));
  expect(await sizes()).toEqual([4]);
  appendFileSync(file, whole.slice(40));
  expect(await sizes()).toEqual([5, 4]);
});

it('one that was turned over, emptied or removed is read anew', async () => {
  writeFileSync(file, notes(1, 3));
  expect(await sizes()).toEqual([3, 2, 1]);
  renameSync(file, `${file}.1`);
  expect(await sizes()).toEqual([]);
  writeFileSync(file, note(4));
  expect(await sizes()).toEqual([4]);
  truncateSync(file);
  expect(await sizes()).toEqual([]);
  appendFileSync(file, note(6));
  expect(await sizes()).toEqual([6]);
  rmSync(file);
  expect([await sizes(), await all()]).toEqual([[], []]);
});

it('what is no file, is no text, or cannot be read, says nothing and stops nobody', async () => {
  mkdirSync(file);
  expect([await sizes(), await all()]).toEqual([[], []]);
  rmSync(file, { recursive: true });
  execFileSync('mkfifo', [file]);
  expect([await sizes(), await all()]).toEqual([[], []]);
  rmSync(file);
  writeFileSync(file, Buffer.alloc(3_000_000, 0xff));
  expect([await sizes(), await all()]).toEqual([[], []]);
  appendFileSync(file, `\n${note(8)}`);
  expect(await sizes()).toEqual([8]);
  chmodSync(file, 0o200);
  // Whoever is root reads it all the same.
  expect(await sizes()).toEqual(process.getuid?.() === 0 ? [8] : []);
});
