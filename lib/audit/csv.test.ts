import { expect, it } from 'vitest';
import { csvCell } from '@/lib/domain/csv';
import { CSV_HEAD, csvRow } from './csv';

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+49', "'+49"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1', "' =1"],
  ['"=1', `"'""=1"`],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
  [-2, '-2'],
  [null, ''],
])('writes %j as %s', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

it('writes an entry in as many cells as the head names', () => {
  const row = {
    seq: 7,
    prev: '00',
    hash: 'ff',
    id: 'i',
    at: new Date(0),
    actor: { kind: 'user', name: '=Olga', authenticatedBy: 'one-time link' },
    act: 'token.created',
    target: 'token:1',
    before: null,
    after: { name: 'ci', days: 1 },
    reason: null,
    request_id: 'r',
    policy_version: null,
  };
  expect(csvRow('org', row)).toBe(
    `7,1970-01-01T00:00:00.000Z,'=Olga,user,one-time link,token.created,token:1,,"{""days"":1,""name"":""ci""}",,r,,ff`,
  );
  expect(CSV_HEAD.split(',')).toHaveLength(13);
});
