import { describe, expect, it } from 'vitest';
import { parseTime, readCells } from './read-cells';
import { NOW } from './testing/import-files';

const T = Date.UTC(2025, 5, 19, 1, 41, 54);

describe('parseTime', () => {
  it.each([
    ['2025-06-19T01:41:54Z', T],
    ['2025-06-19 01:41:54', T],
    ['2025-06-19T01:41:54.000', T],
    ['2025-06-19 01:41:54 UTC', T],
    ['2025-06-19T03:41:54+02:00', T],
    ['2025-06-19 03:41:54+02', T],
    ['2025-06-19 03:41:54+0200', T],
    ['2025-06-19t01:41:54z', T],
    ['2016-12-31 23:59:60', Date.UTC(2017, 0, 1) - 1],
    ['1750297314', T],
    ['1750297314000', T],
    ['2025-06-19', Date.UTC(2025, 5, 19)],
    ['2025-02-30T00:00:00Z', null],
    ['2025-06-19T25:00:00Z', null],
    ['2025-06-19T01:41:60Z', null],
    ['19/06/2025', null],
    ['June 19, 2025', null],
    ['', null],
  ])('reads %j', (text, at) => {
    expect(parseTime(text)).toBe(at);
  });
});

const reader = (value: string) => readCells(new Map([['a', value]]), { field: 'a' }, NOW);

describe('readCells', () => {
  it.each(['', '  ', 'null', 'NaN', 'NaT', 'None', '\\N'])('takes %j for no time and no number', (value) => {
    const read = reader(value);
    expect([read.time('field'), read.count('field'), read.problems]).toEqual([undefined, undefined, []]);
  });

  it('keeps such words in texts', () => {
    expect(reader('None').text('field')).toBe('None');
  });

  it.each([
    ['12', 12],
    ['12.0', 12],
    [' 12 ', 12],
    ['1000000000', 1_000_000_000],
  ])('reads the number %j', (value, count) => {
    expect(reader(value).count('field')).toBe(count);
  });

  it.each([
    ['1999-12-31T00:00:00Z', 'before 2000'],
    ['2095-01-01T00:00:00Z', 'in the future'],
    ['soon', 'is not a time'],
  ])('refuses the time %j', (value, why) => {
    const read = reader(value);
    expect(read.time('field')).toBeUndefined();
    expect(read.problems.join()).toContain(why);
  });

  it.each(['-1', '1.5', 'many', '1000000001', '99999999999', '9'.repeat(30)])(
    'refuses the number %j, and says what an event may hold',
    (value) => {
      const read = reader(value);
      expect(read.count('field')).toBeUndefined();
      expect(read.problems).toEqual([`field "${value}" is not a whole number from 0 to 1,000,000,000`]);
    },
  );

  it.each([
    ['12', 12],
    ['12.0', 12],
    ['9999999999', 9_999_999_999],
  ])('reads %j as the number of a pull request, which counts nothing', (value, number) => {
    expect(reader(value).number('field')).toBe(number);
  });

  it.each(['-1', '1.5', '12345678901'])('refuses %j as the number of a pull request', (value) => {
    const read = reader(value);
    expect(read.number('field')).toBeUndefined();
    expect(read.problems).toEqual([`field "${value}" is not a whole number of 10 digits at most`]);
  });

  it.each([
    ['bug; ui ;bug', ['bug', 'ui']],
    ['["bug", "ui, web"]', ['bug', 'ui, web']],
    ["['bug', 'ui']", ['bug', 'ui']],
    ['bug\nui, web', ['bug', 'ui, web']],
    ['[]', []],
  ])('reads the list %j', (value, names) => {
    expect(reader(value).list('field')).toEqual(names);
  });
});
