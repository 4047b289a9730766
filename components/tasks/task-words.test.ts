import { expect, it } from 'vitest';
import { outcomeWord } from './task-words';

it('a task that is decided and says nothing about its lane is not called undecided', () => {
  expect(outcomeWord({ state: 'open', outcomeLabel: null })).toBe('Not decided yet');
  expect(outcomeWord({ state: 'merged', outcomeLabel: null })).toBe('Not counted');
  expect(outcomeWord({ state: 'closed', outcomeLabel: null })).toBe('Not counted');
  expect(outcomeWord({ state: 'merged', outcomeLabel: 'Unreviewed' })).toBe('Unreviewed');
});
