import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutOut, holdsArray, itemsOf, pieceOf } from './json-text';

const BOUNDS = { depth: 20, values: 1_000 };

/** Texts that are JSON, nearly so, or made of what JSON is made of. */
const texts = fc.oneof(
  fc.json(),
  fc.array(fc.jsonValue(), { maxLength: 6 }).map((value) => JSON.stringify(value)),
  fc
    .array(fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', ':', '1', ' ', '\n', 'a', '"a"', '\u00a0'), {
      maxLength: 24,
    })
    .map((parts) => parts.join('')),
  fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('[', ']', '}', ',', '"', '\\', ''))
    .map(([text, at, other]) => text.slice(0, at % text.length) + other + text.slice((at % text.length) + 1)),
);

function parsed(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** What the items of an array are, each parsed by itself; null where one of them is not JSON. */
function byItems(text: string): { value: unknown } | null {
  const found = itemsOf(text, 1_000, BOUNDS);
  const values = found?.items.map(({ start, end }) => parsed(text.slice(start, end))) ?? [null];
  return values.includes(null) ? null : { value: values.map((one) => one?.value) };
}

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
const countOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Object.values(value).reduce<number>((sum, one) => sum + countOf(one), 0)
    : 1;

describe('a text that begins as an array', () => {
  it('is read by its items exactly as it is read whole', () => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(holdsArray(text));
        expect(byItems(text)).toEqual(parsed(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('tells how many items there are, and keeps no more than asked for', () => {
    expect(itemsOf('[1,[2,3],"4,]"]', 2, BOUNDS)).toMatchObject({
      count: 3,
      items: [{ depth: 0 }, { depth: 1, values: 2 }],
    });
    expect(itemsOf(' [ ] ', 2, BOUNDS)).toEqual({ items: [], count: 0 });
  });
});

it('measures how deep a text nests, and how much it holds', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      const { depth, values } = pieceOf(JSON.stringify(value), BOUNDS);
      expect(depth).toBe(depthOf(value));
      expect(values).toBeGreaterThanOrEqual(countOf(value) - 1);
      expect(values).toBeLessThanOrEqual(2 * countOf(value));
    }),
  );
});

it('cuts out what lies too deep, and nothing else', () => {
  const cut = (text: string, depth: number) => cutOut(text, pieceOf(text, { depth, values: 1_000 }));
  expect(cut('{"a":[1,[2],{"b":"]"}],"c":[[]]}', 2)).toBe('{"a":[1,null,null],"c":[null]}');
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 1, max: 6 }), (value, depth) => {
      const text = JSON.stringify(value);
      const kept = cut(text, depth);
      expect(depthOf(JSON.parse(kept))).toBe(Math.min(depth, depthOf(value)));
      if (depthOf(value) <= depth) expect(kept).toBe(text);
    }),
  );
});

it.each([
  ['brackets', '['.repeat(8_000_000)],
  ['backslashes', `["${'\\'.repeat(8_000_000)}`],
  ['quotes behind backslashes', `[${'"\\""'.repeat(2_000_000)}`],
  ['texts', `[${'"a",'.repeat(2_000_000)}`],
])('looks at eight megabytes of %s once', (_, text) => {
  const began = process.cpuUsage();
  pieceOf(text, BOUNDS);
  itemsOf(text, 5_000, BOUNDS);
  const { user } = process.cpuUsage(began);
  expect(user / 1_000).toBeLessThan(1_000);
});
