import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayOf, inFolder } from '../testing/import-files';
import { openTable } from './open-table';
import type { TableRow } from './table';

function readAll(
  content: string | Buffer,
  name = 't.csv',
): Promise<{ columns: readonly string[]; rows: TableRow[] }> {
  return inFolder(async (folder) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    const { columns, rows } = await openTable(file);
    return { columns, rows: await arrayOf(rows()) };
  });
}

const shortly = (row: TableRow) => [
  row.row,
  row.line,
  'cells' in row ? [...row.cells.values()].join('|') : row.reason,
];

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,x\n'],
    ['semicolons', 'a;b\n1;x\n'],
    ['tabs', 'a\tb\n1\tx\n'],
    ['a byte order mark', '\uFEFFa,b\n1,x\n'],
    ['CRLF', 'a,b\r\n1,x\r\n'],
    ['mixed line ends', 'a,b\n1,x\r\n'],
    ['no line end at the end', 'a,b\n1,x'],
    ['blank lines and rows', '\na,b\n\n1,x\n,\n\n'],
    ['quotes', '"a","b"\n"1","x"\n'],
  ])('with %s', async (_, text) => {
    const { columns, rows } = await readAll(text);
    expect([columns, rows.map((row) => 'cells' in row && [...row.cells])]).toEqual([
      ['a', 'b'],
      [
        [
          ['a', '1'],
          ['b', 'x'],
        ],
      ],
    ]);
  });

  it('keeps commas, quotes, line breaks and other scripts in values', async () => {
    const { rows } = await readAll('a,b\n"1, ""one""","Zeile\nzwei – é漢"\n2,y\n');
    expect(rows.map(shortly)).toEqual([
      [1, 2, '1, "one"|Zeile\nzwei – é漢'],
      [2, 4, '2|y'],
    ]);
  });

  it.each([
    ['too few columns', '2', 'it has 1 column where the header has 2'],
    ['too many columns', '2,y,z', 'it has 3 columns where the header has 2'],
    ['a quote never closed', '2,"y', 'a quote'],
    ['a quote inside a value', '2,say "hi"', 'a quote stands inside a value'],
    ['text after a quote', '2,"y"z', 'something other than a separator follows'],
  ])('loses only the row with %s', async (_, bad, reason) => {
    const { rows } = await readAll(`a,b\n1,x\n${bad}\n3,z\n4,"w"\n`);
    expect(rows.map(shortly)).toEqual([
      [1, 2, '1|x'],
      [2, 3, expect.stringContaining(reason)],
      [3, 4, '3|z'],
      [4, 5, '4|w'],
    ]);
  });

  it('tells broken UTF-8 from a text that holds U+FFFD', async () => {
    const { rows } = await readAll(Buffer.from('a,b\n1,\uFFFD\n2,\xff\n', 'latin1'));
    expect(rows.map(shortly)[1]).toEqual([2, 3, 'it holds bytes that are not UTF-8']);
    expect((await readAll('a,b\n1,\uFFFD\n')).rows.map(shortly)).toEqual([[1, 2, '1|\uFFFD']]);
  });

  it('goes on after a row that is longer than any may be', async () => {
    const { rows } = await readAll(`a,b\n1,"${`${'x'.repeat(99)}\n`.repeat(11_000)}\n2,y\n`);
    expect(rows[0]).toMatchObject({ reason: expect.stringContaining('longer than 1,000,000') });
    expect(rows.at(-1)).toMatchObject({ row: 11_001 });
  });

  it.each([
    ['nothing', '', 't.csv is empty.'],
    ['only blank lines', '\n\n   \n , \n', 't.csv is empty.'],
    ['UTF-16', Buffer.from('\uFEFFa,b\n', 'utf16le'), 't.csv is UTF-16. Save it as UTF-8'],
    [
      'UTF-16 without a mark',
      Buffer.from('a,b\n1,x\n', 'utf16le'),
      't.csv is UTF-16 or no text at all. Save it as UTF-8',
    ],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 't.csv is not UTF-8. Save it as UTF-8'],
    ['Latin-1 in the header', Buffer.from('a,caf\xe9\n1,x\n', 'latin1'), 't.csv is not UTF-8. Save it'],
    [
      'a quote in the header that is never closed',
      '"a,b\n1,x\n',
      /^The header of .*t\.csv cannot be read: a quote is opened and never closed\.$/,
    ],
    ['a header without an end', 'x'.repeat(2_000_000), 't.csv cannot be read: it is longer than 1 MB.'],
  ])('of %s is refused', async (_, content, reason) => {
    await expect(readAll(content)).rejects.toThrow(reason);
    await expect(readAll(content)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('loses only the row that holds a NUL', async () => {
    const { rows } = await readAll('a,b\n1,x\n2,\0\n3,z\n');
    expect(rows).toHaveLength(3);
  });

  it('reads whatever there is, and never throws', async () => {
    const anyText = fc.array(fc.constantFrom('1', 'é', ',', '"', '\n', '\r\n', '\u0000', '\uFFFD', ' '), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(anyText, async (parts) => {
        const { rows } = await readAll(`a,b\n${parts.join('')}\nlast,row\n`);
        expect(rows.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 1));
        expect(rows.every(({ line }, index) => line > (rows[index - 1]?.line ?? 1))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
