import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor';

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function isRefused(text: string): void {
  expect(() => decodeCursor(text), text).toThrow(expect.objectContaining({ code: 'bad_request' }));
}

it('leads back to the place it was made of, whatever the ref holds', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), fc.string({ unit: 'grapheme' }), (at, ref) => {
      const cursor = encodeCursor({ at, ref });
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeCursor(cursor)).toEqual({ at, ref });
    }),
  );
});

it('refuses with one sentence what Gait never gave out', () => {
  for (const value of [
    null,
    7,
    'x',
    {},
    [],
    [1],
    ['1', 'x'],
    [1, 2],
    [1.5, 'x'],
    [Number.MAX_VALUE, 'x'],
    [null, 'x'],
  ])
    isRefused(encoded(value));
  for (const text of ['', '!', 'W10', '%00', encoded([1, 'x']).slice(0, 5)]) isRefused(text);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      isRefused(text);
    }),
  );
});

// Either would reach the database as a value that it refuses.
it.each([
  ['a time that no date holds', [9_000_000_000_000_000, 'x']],
  ['a ref with NUL', [0, 'a\u0000']],
])('refuses %s', (_what, value) => isRefused(encoded(value)));
