import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieceOf } from '@/lib/platform/json-text';
import { findUnstorable, isStorableJson } from './storable';

const isStorable = (text: string) => isStorableJson(text, pieceOf(text, { depth: 100, values: 0 }).depth);

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u0000', '\ud800', '\udfff', ']]]]', '}}}}', '\\', '"', '\\u0000', '\u{1f600}'),
);
const values = fc.jsonValue({ stringUnit: 'binary' });
const odd = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'large', withCrossShrink: true },
    nasty,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(nasty, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const nested = (depth: number, inner: unknown) =>
  JSON.parse(`${'['.repeat(depth)}${JSON.stringify(inner)}${']'.repeat(depth)}`);

describe('a text that is found storable', () => {
  it('holds nothing that the walk through its values would refuse', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          values,
          odd,
          fc.tuple(fc.nat(70), odd).map(([depth, value]) => nested(depth, value)),
        ),
        (value) => {
          const data = { unknown: value };
          const text = JSON.stringify(data);
          fc.pre(isStorable(text));
          expect(findUnstorable(JSON.parse(text), false)).toBeNull();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a NUL', '{"a":"\\u0000"}'],
    ['half of a pair', '{"a":"\\uD83D"}'],
    ['a NUL in a name', '{"\\u0000":1}'],
    ['too many brackets', `${'['.repeat(51)}${']'.repeat(51)}`],
    ['too many brackets, and closing ones in strings', `${'["]",'.repeat(51)}1${']'.repeat(51)}`],
    [
      'too many brackets after a string that ends in a backslash',
      `["\\\\",${'{"a":'.repeat(50)}1${'}'.repeat(50)}]`,
    ],
  ])('does not hold %s', (_, text) => {
    expect(isStorable(text)).toBe(false);
  });

  it('may hold every other text, at the greatest depth', () => {
    expect(isStorable(`${'['.repeat(50)}"[{\\" \u{1f600} \\n"${']'.repeat(50)}`)).toBe(true);
  });
});
