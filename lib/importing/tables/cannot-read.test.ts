import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planImport } from '../plan-import';
import { inFolder } from '../testing/import-files';
import { cannotRead } from './cannot-read';

it.each([
  ['EACCES', 'You may not read prs.csv.'],
  ['EPERM', 'You may not read prs.csv.'],
  ['ENOENT', 'There is no file prs.csv.'],
  ['ENOTDIR', 'There is no file prs.csv.'],
  ['EIO', 'prs.csv cannot be read (EIO).'],
])('%s in words', (code, message) => {
  expect(cannotRead('prs.csv', Object.assign(new Error('no'), { code }))).toMatchObject({
    code: 'unavailable',
    message,
  });
});

it('what cannot be read is said in words, wherever it is met', async () => {
  await inFolder(async (folder) => {
    const path = (name: string) => join(folder, name);
    writeFileSync(path('prs.csv'), 'id,created_at,state\n');
    symlinkSync('circle', path('circle'));
    const plan = (file: string, mapping?: string) =>
      planImport({ files: [path(file)], columns: {}, agent: 'codex', mapping: mapping && path(mapping) });
    await expect(plan('prs.csv/x')).rejects.toThrow('There is no file');
    await expect(plan('circle')).rejects.toThrow('circle cannot be read (ELOOP).');
    await expect(plan('prs.csv', 'circle')).rejects.toThrow('circle cannot be read (ELOOP).');
    if (process.getuid?.() === 0) return;
    mkdirSync(path('locked'));
    chmodSync(path('locked'), 0);
    chmodSync(path('prs.csv'), 0);
    await expect(plan('prs.csv')).rejects.toThrow('You may not read');
    await expect(plan('locked', 'aidev')).rejects.toThrow('You may not read');
  });
});
