import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFitting, fitsPattern } from './path-pattern';

describe('fitsPattern', () => {
  it.each([
    ['src/auth/login.ts', '**/auth/**', true],
    ['auth/login.ts', '**/auth/**', true],
    ['src/Auth/login.ts', '**/auth/**', true],
    ['src/author/login.ts', '**/auth/**', false],
    ['.env', '**/.env', true],
    ['apps/web/.env.local', '**/.env.*', true],
    ['a/b.pem', '**/*.pem', true],
    ['a/b.pem.txt', '**/*.pem', false],
    ['docs/a/b.txt', 'docs/**', true],
    ['src/docs/a.txt', 'docs/**', false],
    ['src/a.ts', 'src/*', true],
    ['src/a/b.ts', 'src/*', false],
    ['a/x/y/b', 'a/**/b', true],
    ['a/b', 'a/**/b', true],
    ['abc', 'a?c', true],
    ['./src//a.ts', 'src/a.ts', true],
    ['src\\auth\\a.ts', '**/auth/**', true],
    ['a', '', false],
  ])('%s against %s: %s', (path, pattern, fits) => {
    expect(fitsPattern(path, pattern)).toBe(fits);
  });

  it('lets every path fit itself and **', () => {
    const path = fc.array(fc.stringMatching(/^[a-z0-9._-]{1,8}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(path, (parts) => {
        expect(fitsPattern(parts.join('/'), parts.join('/'))).toBe(true);
        expect(fitsPattern(parts.join('/'), '**')).toBe(true);
        expect(fitsPattern(parts.join('/'), `**/${parts.at(-1)}`)).toBe(true);
      }),
    );
  });

  it('ends in good time whatever the pattern', () => {
    const pattern = `${'**/'.repeat(60)}${'*a'.repeat(60)}b`;
    expect(fitsPattern(`${'a/'.repeat(300)}${'a'.repeat(300)}`, pattern)).toBe(false);
  });
});

it('finds the first path that fits', () => {
  expect(findFitting(['a.ts', 'b.key', 'c.key'], ['**/*.pem', '**/*.key'])).toBe('b.key');
  expect(findFitting(['a.ts'], ['**/*.pem'])).toBeUndefined();
});
