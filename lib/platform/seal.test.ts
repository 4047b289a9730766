import { afterEach, beforeEach, expect, it } from 'vitest';
import { adoptEnv } from './env';
import { open, openSealed, seal } from './seal';

const [FIRST, SECOND] = ['f'.repeat(40), 's'.repeat(40)];
const under = (current: string, previous = '') =>
  adoptEnv({ AUTH_SECRET: current, AUTH_SECRET_PREVIOUS: previous });

beforeEach(() => under(FIRST));
afterEach(() => under(''));

it('opens what it sealed, and seals nothing the same twice', () => {
  for (const plain of ['', 'secret', '„ünïcode“ 😀', 'x'.repeat(100_000)]) {
    const sealed = seal(plain, 'test');
    expect(open(sealed, 'test')).toBe(plain);
    expect(seal(plain, 'test')).not.toBe(sealed);
    expect(sealed).toMatch(/^sealed1\.[\w-]+$/);
  }
});

it('opens nothing for another purpose, or with a bit changed', () => {
  const sealed = seal('secret', 'test');
  expect(() => open(sealed, 'other')).toThrow('does not open');
  const bytes = Buffer.from(sealed.slice(8), 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => open(`sealed1.${changed.toString('base64url')}`, 'test')).toThrow('does not open');
  }
  for (const other of [
    '',
    'secret',
    'sealed1.',
    'sealed1.AAAA',
    `sealed2${sealed.slice(7)}`,
    sealed.slice(0, -5),
  ])
    expect(() => open(other, 'test')).toThrow('does not open');
});

it('is told of a new AUTH_SECRET, and opens with the previous one as long as that is named', () => {
  const sealed = seal('secret', 'test');
  under(SECOND);
  expect(() => open(sealed, 'test')).toThrow('Set AUTH_SECRET_PREVIOUS');
  under(SECOND, FIRST);
  expect(openSealed(sealed, 'test')).toEqual({ plain: 'secret', isOld: true });
  expect(openSealed(seal('secret', 'test'), 'test')).toEqual({ plain: 'secret', isOld: false });
});

it('says what is missing when there is no AUTH_SECRET', () => {
  under('');
  expect(() => seal('secret', 'test')).toThrow('AUTH_SECRET is not set');
});
