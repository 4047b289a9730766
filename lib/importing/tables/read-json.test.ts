import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrayOf, inFolder } from '../testing/import-files';
import { openTable } from './open-table';
import { readJson } from './read-json';

function readAll(name: string, content: string | Buffer) {
  return inFolder(async (folder) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    const { format, columns, rows } = await openTable(file);
    const all = await arrayOf(rows());
    return {
      format,
      columns,
      rows: all.map((row) => ('cells' in row ? Object.fromEntries(row.cells) : row)),
    };
  });
}

describe('JSON', () => {
  it('reads an array, with what lies deeper under names with dots', async () => {
    const item = { number: 1, user: { login: 'ana' }, labels: [{ name: 'bug' }, 'a, b'], merged_at: null };
    const { format, columns, rows } = await readAll('t.json', JSON.stringify([item]));
    expect([format, columns]).toEqual(['json', ['number', 'user.login', 'labels', 'merged_at']]);
    expect(rows).toEqual([{ number: '1', 'user.login': 'ana', labels: 'bug\na, b', merged_at: '' }]);
  });

  it('refuses what is not an array, and what would not fit into memory', async () => {
    await expect(readAll('t.json', '{"a":1}')).rejects.toThrow('not an array');
    await expect(arrayOf(readJson('t.json', 100 * 1024 * 1024))).rejects.toThrow('jq -c');
  });
});

it.each(['t.json', 't.ndjson', 'rows'])(
  'an empty %s, and one in UTF-16, are refused as such',
  async (name) => {
    await expect(readAll(name, '')).rejects.toThrow(`${name} is empty.`);
    await expect(readAll(name, Buffer.from('\uFEFF{}', 'utf16le'))).rejects.toThrow(`${name} is UTF-16.`);
  },
);

describe('NDJSON', () => {
  it('reads a row a line, and loses only bad lines', async () => {
    const lines = Buffer.from('{"a":1}\n\n{"a":\r\n[2]\n{"a":"\xff"}\n{"b":3}', 'latin1');
    const { format, columns, rows } = await readAll('t.ndjson', lines);
    expect([format, columns]).toEqual(['ndjson', ['a', 'b']]);
    expect(rows).toEqual([
      { a: '1' },
      expect.objectContaining({ row: 2, line: 3, reason: expect.stringContaining('not JSON') }),
      expect.objectContaining({ row: 3, line: 4, reason: 'it is not a JSON object' }),
      expect.objectContaining({ row: 4, line: 5, reason: 'it holds bytes that are not UTF-8' }),
      { b: '3' },
    ]);
  });

  it('knows its form without an ending that says so', async () => {
    expect((await readAll('rows', '{"a":1}\n')).format).toBe('ndjson');
    expect((await readAll('rows', ' [{"a":1}]')).format).toBe('json');
    expect((await readAll('rows', 'a,b\n1,2\n')).format).toBe('csv');
  });
});
