import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, expect, it, vi } from 'vitest';
import { inFolder } from '@/lib/importing/testing/import-files';
import * as audit from './audit';
import * as importCommand from './import';
import { exitCodes, reportFailure } from './outcome';
import * as trust from './trust';

afterEach(() => vi.restoreAllMocks());

/** What the shell is told, and what people read. */
async function run(args: readonly string[]): Promise<{ code: number; said: string }> {
  let said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
  const program = new Command('gait').exitOverride();
  for (const command of [audit, importCommand, trust]) command.register(program);
  const failure = await program.parseAsync(args, { from: 'user' }).catch((error: unknown) => error);
  return { code: reportFailure(failure), said };
}

it.each([
  ['audit verify', (file: string) => ['audit', 'verify', file]],
  ['audit verify --checkpoint', (file: string) => ['audit', 'verify', '/dev/null', '--checkpoint', file]],
  ['trust check', (file: string) => ['trust', 'check', file]],
  ['trust replay', (file: string) => ['trust', 'replay', file]],
  ['import', (file: string) => ['import', file, '--agent', 'codex']],
])('a file that %s cannot read is a failure, not wrong use', async (_, args) => {
  await inFolder(async (folder) => {
    const none = join(folder, 'none');
    expect(await run(args(none))).toEqual({ code: exitCodes.couldNot, said: `There is no file ${none}.\n` });
  });
});

it.each([
  ['audit', 'verify'],
  ['trust', 'check'],
  ['trust', 'replay'],
])('nor is a folder for %s %s', async (...verb) => {
  await inFolder(async (folder) => {
    const sub = join(folder, 'sub');
    mkdirSync(sub);
    expect(await run([...verb, sub])).toEqual({ code: exitCodes.couldNot, said: `${sub} is a folder.\n` });
  });
});
