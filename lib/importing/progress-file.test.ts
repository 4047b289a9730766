import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planImport } from './plan-import';
import { planKey, progressFile } from './progress-file';
import { resume } from './resumption';
import { inFolder } from './testing/import-files';

const NONE = { accepted: 0, duplicates: 0, differing: 0, rejected: 0 };

describe('the progress file', () => {
  it('is there until it is removed, and readable by nobody else', async () => {
    await inFolder(async (home) => {
      const file = progressFile(home, 'abc');
      expect(file.read()).toBeNull();
      const { settled, progress } = resume(null);
      settled({ dataset: 0, table: 'reviews', row: 7 }, ['no'], NONE);
      file.write(progress, true);
      const again = resume(file.read());
      expect(again.earlier({ dataset: 0, table: 'reviews', row: 7 })).toEqual({ rejected: ['no'] });
      expect(again.earlier({ dataset: 0, table: 'reviews', row: 8 })).toBeNull();
      expect(again.earlier({ dataset: 0, table: 'pullRequests', row: 1 })).toBeNull();
      file.remove();
      expect(readdirSync(join(home, 'imports'))).toEqual([]);
    });
  });

  it('is not made for nothing, and is ignored when it cannot be read', async () => {
    await inFolder(async (home) => {
      const file = progressFile(home, 'abc');
      file.write(resume(null).progress, true);
      expect(readdirSync(home)).toEqual([]);
      const { settled, progress } = resume(null);
      settled({ dataset: 0, table: 'reviews', row: 7 }, [], NONE);
      file.write(progress, true);
      writeFileSync(join(home, 'imports', 'abc.json'), '{"done"');
      expect(file.read()).toBeNull();
    });
  });

  it('belongs to the files as they are, how they are read, and where they go', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'prs.csv');
      writeFileSync(path, 'id,created_at,state\n');
      const key = async (agent: string, destination: string) =>
        planKey(await planImport({ files: [path], columns: {}, agent }), destination);
      const first = await key('codex', 'here');
      expect(await key('codex', 'here')).toBe(first);
      expect(await key('cursor', 'here')).not.toBe(first);
      expect(await key('codex', 'there')).not.toBe(first);
      utimesSync(path, 1, 1);
      expect(await key('codex', 'here')).not.toBe(first);
    });
  });
});
