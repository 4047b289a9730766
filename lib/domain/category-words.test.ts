import { describe, expect, it } from 'vitest';
import { categoryOfLabel, categoryOfType, isDependencyTitle, readTitle } from './category-words';

describe('readTitle', () => {
  it.each([
    ['feat: add', 'feat', ''],
    ['FIX(core)!: stop', 'fix', 'core'],
    ['Doc: hint for Vite', 'doc', ''],
    ['[codex] chore(deps-dev): bump', 'chore', 'deps-dev'],
  ])('%s', (title, type, scope) => {
    expect(readTitle(title)).toEqual({ type, scope });
  });

  it.each(['Add Prism.Avalonia', 'Retry previous action', '12: no', ''])('finds no type in "%s"', (title) => {
    expect(readTitle(title)).toBeNull();
  });
});

describe('isDependencyTitle', () => {
  it.each([
    'chore(deps): bump zod',
    'build(deps-dev): bump vite from 6 to 7',
    'Bump lodash from 4.17.20 to 4.17.21',
    'Bump the npm_and_yarn group across 1 directory with 2 updates',
    'Update dependency next to v16',
    'Lock file maintenance',
  ])('%s', (title) => {
    expect(isDependencyTitle(title)).toBe(true);
  });

  it.each(['Bump the timeout', 'chore: tidy', 'Update dependants view', 'fix(depot): x'])(
    'not %s',
    (title) => {
      expect(isDependencyTitle(title)).toBe(false);
    },
  );
});

it('reads types and labels without regard to case and prefix', () => {
  expect(categoryOfType('STYLE')).toBe('refactor');
  expect(categoryOfType('constructor')).toBeUndefined();
  expect(categoryOfLabel('kind/bug')).toBe('bugfix');
  expect(categoryOfLabel('type: Documentation')).toBe('docs');
  expect(categoryOfLabel('area/security')).toBe('security');
  expect(categoryOfLabel('good first issue')).toBeUndefined();
});
