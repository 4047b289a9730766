import { expect, it } from 'vitest';
import { plural } from './plural';

it('one is one, and everything else is many', () => {
  expect([0, 1, 2, 2686].map((count) => plural(count, 'entry', 'entries'))).toEqual([
    '0 entries',
    '1 entry',
    '2 entries',
    '2,686 entries',
  ]);
  expect(plural(2, 'task')).toBe('2 tasks');
});
