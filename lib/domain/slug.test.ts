import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slugOf, slugsOfTeams } from './slug';

it.each([
  ['Payments', 'payments'],
  ['  Data   Platform ', 'data-platform'],
  ['פיתוח', 'פיתוח'],
  ['हिन्दी', 'हिन्दी'],
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

it('tells names apart that differ in an accent alone', () => {
  expect(slugOf('กิน')).not.toBe(slugOf('กัน'));
});

it('stays what it was for a team that got it when long names were cut, and for no other', () => {
  const [payments, lending] = [`${division} / Card Payments`, `${division} / Card Lending`];
  const cut = 'group-technology-digital-channels-retail-banking-platform-ca';
  const slugOfTeam = slugsOfTeams([
    { slug: cut, name: lending },
    { slug: 'ह-न-द', name: 'हिन्दी' },
    { slug: 'search', name: 'Search' },
    { slug: 'renamed', name: 'Something else' },
  ]);
  expect(slugOfTeam(lending.toUpperCase())).toBe(cut);
  expect(slugOfTeam(cut), 'typed as it stands in addresses').toBe(cut);
  expect(slugOfTeam(payments)).toBe(slugOf(payments));
  expect(slugOfTeam('हिन्दी')).toBe('ह-न-द');
  expect(slugOfTeam('search')).toBe('search');
  expect(slugOfTeam('Something else')).toBe('something-else');
});
