import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugOf } from './slug';
import { slugsOfTeams, teamSlugOf } from './team-slug';

const LONG = 'Group Technology / Digital Channels / Retail Banking Platform / ';

it.each([
  ['Payments', 'payments'],
  ['  Data   Platform ', 'data-platform'],
  ['C++', 'c'],
  ['פיתוח', 'פיתוח'],
  ['हिन्दी', 'हिन्दी'],
  ['---', 'u2d-u2d-u2d'],
  ['!!!', 'u21-u21-u21'],
  ['🚀', 'u1f680'],
  ['', 'unnamed'],
  [`${LONG}Card Payments`, 'group-technology-digital-channels-retail-bankin-isiduif7k7wl'],
])('%j is %j in addresses', (name, slug) => expect(teamSlugOf(name)).toBe(slug));

describe('slugs of teams', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });
  const long = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((end) => `${LONG}${end}`);

  it('are short, in one piece, and their own slugs', () => {
    fc.assert(
      fc.property(fc.oneof(words, long), (name) => {
        const slug = teamSlugOf(name);
        expect([...slug].length).toBeGreaterThan(0);
        expect([...slug].length).toBeLessThanOrEqual(60);
        expect(teamSlugOf(slug)).toBe(slug);
        expect(slug).not.toMatch(/^-|-$|[/?#%\s]/);
      }),
      { numRuns: 1000 },
    );
  });

  it('are what they were, for names that are neither long nor have accents', () => {
    fc.assert(
      fc.property(words.filter((name) => !/\p{M}/u.test(name.normalize('NFKC').toLowerCase())), (name) => {
        if ([...slugOf(name)].length < 59) expect(teamSlugOf(name)).toBe(slugOf(name));
      }),
      { numRuns: 1000 },
    );
  });

  it('differ where names differ in a letter, a digit or an accent, however long they are', () => {
    const told = (name: string) =>
      (name.normalize('NFKC').toLowerCase().normalize('NFKC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');
    fc.assert(
      fc.property(long, long, (a, b) => {
        expect(teamSlugOf(a) === teamSlugOf(b)).toBe(told(a) === told(b));
      }),
      { numRuns: 1000 },
    );
    expect(teamSlugOf('กิน')).not.toBe(teamSlugOf('กัน'));
  });

  it('stay what they were for a team that is known under an earlier one, and for no other', () => {
    const [payments, lending] = [`${LONG}Card Payments`, `${LONG}Card Lending`];
    const cut = slugOf(lending);
    expect(slugOf(payments), 'the two were one team').toBe(cut);
    const slugOfTeam = slugsOfTeams([
      { slug: cut, name: lending },
      { slug: 'search', name: 'Search' },
      { slug: 'renamed', name: 'Something else' },
    ]);
    expect(slugOfTeam(lending)).toBe(cut);
    expect(slugOfTeam(lending.toUpperCase())).toBe(cut);
    expect(slugOfTeam(cut), 'typed as it stands in addresses').toBe(cut);
    expect(slugOfTeam(payments)).toBe(teamSlugOf(payments));
    expect(slugOfTeam('Something else')).toBe('something-else');
  });
});
