import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inFolder } from '@/lib/importing/testing/import-files';
import { readJsonFile, readLines } from './read-file';

it('reads past a byte order mark, and over blank lines', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'f');
    writeFileSync(file, '\uFEFF{"a":1}\r\n\r\n{"a":2}\n');
    expect(await readLines(file)).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 3, text: '{"a":2}' },
    ]);
    writeFileSync(file, '\uFEFF{"a":1}');
    expect(await readJsonFile(file)).toEqual({ a: 1 });
  });
});

it.each([
  ['nothing', '', 'f is empty.'],
  ['blank lines', '\n \n', 'f is empty.'],
  ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'f is not UTF-8 text.'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'f is not UTF-8 text.'],
  ['UTF-16 without a mark', Buffer.from('{}', 'utf16le'), 'f is not UTF-8 text.'],
])('%s is refused in words', async (_, content, message) => {
  await inFolder(async (folder) => {
    const file = join(folder, 'f');
    writeFileSync(file, content);
    for (const read of [readLines, readJsonFile])
      await expect(read(file)).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining(message),
      });
  });
});

it('what is no file is refused in words', async () => {
  await inFolder(async (folder) => {
    mkdirSync(join(folder, 'sub'));
    await expect(readJsonFile(join(folder, 'sub'))).rejects.toThrow('sub is a folder.');
    await expect(readJsonFile(join(folder, 'none'))).rejects.toThrow('There is no file');
  });
});
