import { expect, it } from 'vitest';
import { inWords } from './outcome-wording';

it('joins names as people do', () => {
  expect([[], ['ana'], ['ana', 'ben'], ['ana', 'ben', 'carl']].map((names) => inWords(names))).toEqual([
    '',
    'ana',
    'ana and ben',
    'ana, ben and carl',
  ]);
});
