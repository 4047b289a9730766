import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slugOf } from './slug';

it.each([
  ['Payments', 'payments'],
  ['  Data   Platform ', 'data-platform'],
  ['פיתוח', 'פיתוח'],
  ['---', 'u2d-u2d-u2d'],
  ['!!!', 'u21-u21-u21'],
  ['🚀', 'u1f680'],
  ['', 'unnamed'],
])('%j is %j in addresses', (name, slug) => expect(slugOf(name)).toBe(slug));

it('is short, in one piece, and its own slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), (name) => {
      const slug = slugOf(name);
      expect(slug).not.toBe('');
      expect([...slug].length).toBeLessThanOrEqual(60);
      expect(slugOf(slug)).toBe(slug);
      expect(slug).not.toMatch(/^-|-$|[/?#%\s]/);
    }),
  );
});

const division = 'Group Technology / Digital Channels / Retail Banking Platform';

it('tells long names apart that begin alike', () => {
  const slugs = ['Card Payments', 'Card Lending'].map((team) => slugOf(`${division} / ${team}`));
  expect(new Set(slugs).size).toBe(2);
  for (const slug of slugs)
    expect(slug).toMatch(/^group-technology-digital-channels-retail-banki-[0-9a-z]{13}$/);
});

it('is the same only for names that differ in case and punctuation alone', () => {
  const words = fc.array(fc.constantFrom('card', 'payments', 'lending', 'team', '7'), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(words, words, (one, other) => {
      const [a, b] = [one.join(' '), other.join(' ')];
      expect(slugOf(a.toUpperCase().replaceAll(' ', ' / '))).toBe(slugOf(a));
      expect(slugOf(a) === slugOf(b)).toBe(a === b);
    }),
  );
});
