import { expect, it } from 'vitest';
import { changesOf } from './changes';

it.each([
  ['nothing at all', undefined, undefined, []],
  ['a value', { gear: 'crawl', same: 1 }, { gear: 'walk', same: 1 }, [['gear', 'crawl', 'walk']]],
  [
    'a beginning',
    undefined,
    { name: 'ci', scopes: ['read', 'x'] },
    [
      ['name', null, 'ci'],
      ['scopes', null, 'read, x'],
    ],
  ],
  ['an end', { on: true }, null, [['on', 'true', null]]],
  ['what lies deep', { a: { b: { c: 1 } } }, { a: { b: { c: 2, d: null } } }, [['a.b.c', '1', '2']]],
  ['what lies deeper', { a: { b: { c: { d: { e: 1 } } } } }, {}, [['a.b.c.d', '{"e":1}', null]]],
  ['plain values', 'old', 'new', [['', 'old', 'new']]],
])('tells %s', (_, before, after, changes) => {
  expect(changesOf(before, after).map((one) => [one.path, one.before, one.after])).toEqual(changes);
});

it('shows a sum of tenths as people write it', () => {
  expect(changesOf({ score: 0.1 + 0.2 }, { score: 24.999999999999996 })).toEqual([
    { path: 'score', before: '0.3', after: '25' },
  ]);
});
