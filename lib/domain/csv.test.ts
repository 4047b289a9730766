import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell } from './csv';

describe('a cell of CSV', () => {
  it('that a spreadsheet would run as a formula stays text', () => {
    for (const text of [
      '=1+1',
      "+cmd|' /C calc'!A0",
      '@SUM(A1)',
      '-1+1',
      '-cmd',
      ' =1',
      '"=1"',
      '\t=1',
      '\uff1d1',
    ])
      expect(csvCell(text).replace(/^"/, '')[0], text).toBe("'");
  });

  it('that is a number stays one', () => {
    for (const value of [-3, 4, '-3', '-0.25', '17']) expect(csvCell(value)).toBe(String(value));
    expect(csvCell(null)).toBe('');
  });

  it('comes back as it was from any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvCell(text);
        const plain = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect([text, `'${text}`]).toContain(plain);
      }),
    );
  });
});
