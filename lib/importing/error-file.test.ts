import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Leftover } from './dataset';
import { createErrorFile } from './error-file';
import { inFolder } from './testing/import-files';

const leftover: Leftover = {
  outcome: 'refused',
  file: 'prs.csv',
  row: 1,
  line: 2,
  reasons: ['no'],
  content: { a: '1' },
};

it('is made with the first row', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'e.ndjson');
    const file = createErrorFile(path, []);
    expect(readdirSync(folder)).toEqual([]);
    file.add(leftover);
    file.close();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ row: 1, reasons: ['no'] });
  });
});

it('leaves what an earlier import wrote until there is something to write', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'e.ndjson');
    writeFileSync(path, 'earlier\n');
    const file = createErrorFile(path, []);
    expect(readFileSync(path, 'utf8')).toBe('earlier\n');
    file.add(leftover);
    file.close();
    expect(readFileSync(path, 'utf8')).not.toContain('earlier');
  });
});

it('never is a file that is imported, whatever name that goes by', async () => {
  await inFolder(async (folder) => {
    const input = join(folder, 'prs.csv');
    writeFileSync(input, 'id\n1\n');
    symlinkSync('prs.csv', join(folder, 'symbolic'));
    linkSync(input, join(folder, 'hard'));
    for (const name of ['prs.csv', 'symbolic', 'hard']) {
      const path = join(folder, name);
      expect(() => createErrorFile(path, [join(folder, 'other'), input]), name).toThrow(
        `--errors ${path} is a file that is being imported.`,
      );
    }
    expect(readFileSync(input, 'utf8')).toBe('id\n1\n');
  });
});

it('is refused before the first row when it cannot be written', async () => {
  await inFolder(async (folder) => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'file'), '');
    const refused = (name: string) => () => createErrorFile(join(folder, name), []);
    expect(refused('sub')).toThrow('cannot be written: it is a folder. Name another with --errors.');
    expect(refused('none/e')).toThrow('cannot be written: there is no such folder. Name another');
    expect(refused('file/e')).toThrow('cannot be written: a file is in the way. Name another');
    expect(refused('sub')).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(readdirSync(join(folder, 'sub'))).toEqual([]);
  });
});

it.skipIf(process.platform !== 'linux')('says so when the disk is full meanwhile', () => {
  const file = createErrorFile('/dev/full', []);
  expect(() => file.add(leftover)).toThrow(
    expect.objectContaining({
      code: 'unavailable',
      message: 'The error file /dev/full cannot be written any more: the disk is full.',
    }),
  );
});
