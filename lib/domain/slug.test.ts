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
