import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareHome } from '@/lib/platform/home';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-home-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a data folder', () => {
  it('may have spaces and any letters in its name', () => {
    const home = join(folder, 'mein Büro ☃', 'Anna\'s "data"');
    prepareHome(home);
    prepareHome(home);
    expect(readdirSync(home)).toEqual([]);
  });

  it.each([0o600, 0o700])('that is a file (mode %o) is refused as one', (mode) => {
    const home = join(folder, 'file');
    writeFileSync(home, '', { mode });
    expect(() => prepareHome(home)).toThrow(
      expect.objectContaining({
        code: 'cannot_start',
        message: `Gait cannot keep its data in ${home}: it is a file. Set GAIT_HOME to a folder.`,
      }),
    );
  });

  it('with a name that is too long is refused in words', () => {
    expect(() => prepareHome(join(folder, 'x'.repeat(300)))).toThrow(': the name is too long.');
  });
});

describe.skipIf(process.platform !== 'linux')('a data folder where none can be made', () => {
  it('is refused with a sentence, and not tried for ever', () => {
    expect(() => prepareHome('/proc/nobody/gait')).toThrow(
      'Gait cannot keep its data in /proc/nobody/gait: no folder can be made there.',
    );
  });

  it('is refused where nobody may write', () => {
    expect(() => prepareHome('/sys/gait')).toThrow(
      /^Gait cannot keep its data in \/sys\/gait: (you may not write there|it is on a read-only disk)\. Make the folder writable, or set GAIT_HOME to another one\.$/,
    );
  });
});
