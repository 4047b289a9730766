import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CategoryFacts, classify, DEFAULT_CATEGORIES, UNCLASSIFIED } from './category';

const nothing: CategoryFacts = { title: 'Do it', labels: [], paths: [], givenCategory: null, override: null };
const sort = (facts: Partial<CategoryFacts>) => classify({ ...nothing, ...facts }, DEFAULT_CATEGORIES);
const byHand = { category: 'docs', by: 'lena', reason: 'Only comments changed.' };

describe('DEFAULT_CATEGORIES', () => {
  it('are eleven, in order, with keys of their own', () => {
    expect(new Set(DEFAULT_CATEGORIES.map(({ key }) => key)).size).toBe(11);
    expect(DEFAULT_CATEGORIES.map(({ position }) => position)).toEqual([...Array(11).keys()]);
  });

  it('keep risky work from run, and unsorted work in crawl', () => {
    const ceilings = Object.fromEntries(DEFAULT_CATEGORIES.map(({ key, ceiling }) => [key, ceiling]));
    expect(ceilings).toMatchObject({
      security: 'walk',
      migration: 'walk',
      unclassified: 'crawl',
      tests: 'run',
    });
  });
});

describe('classify', () => {
  it.each<[string, Partial<CategoryFacts>, string]>([
    ['a human above all', { override: byHand, givenCategory: 'tests', labels: ['security'] }, 'docs'],
    [
      'the source above the rules',
      { givenCategory: 'tests', title: 'fix: x', labels: ['security'] },
      'tests',
    ],
    ['imported types', { givenCategory: 'style' }, 'refactor'],
    ['a source that is at a loss', { givenCategory: 'Unclassified', title: 'fix: x' }, 'bugfix'],
    ['a source with words of its own', { givenCategory: 'other', title: 'fix: x' }, 'bugfix'],
    ['security labels above the title', { labels: ['Security'], title: 'fix: x' }, 'security'],
    ['protected paths', { paths: ['src/auth/a.ts'], title: 'feat: x' }, 'security'],
    ['texts about protected paths', { paths: ['docs/auth/a.md'] }, 'docs'],
    ['migrations', { paths: ['db/migrations/1.sql', 'a.ts'], title: 'feat: x' }, 'migration'],
    ['lock files', { paths: ['package-lock.json'], title: 'chore: x' }, 'dependencies'],
    ['dependency titles', { title: 'chore(deps): bump a', paths: ['package.json'] }, 'dependencies'],
    ['no title, whatever', { title: null, labels: ['bug'] }, 'bugfix'],
    ['title above labels', { title: 'perf: x', labels: ['bug'] }, 'performance'],
    ['labels above paths', { labels: ['wontfix', 'bug'], paths: ['README.md'] }, 'bugfix'],
    ['paths alone', { paths: ['.circleci/config.yml'] }, 'chore'],
    ['nothing to go by', {}, UNCLASSIFIED],
  ])('%s', (_, facts, category) => {
    expect(sort(facts).category).toBe(category);
  });

  it('passes over categories that the organisation does not have', () => {
    const known = DEFAULT_CATEGORIES.filter(({ key }) => key !== 'security' && key !== 'docs');
    const facts = { ...nothing, override: byHand, labels: ['security'], title: 'fix: x' };
    expect(classify(facts, known).category).toBe('bugfix');
    expect(classify(facts, []).category).toBe(UNCLASSIFIED);
  });

  it('knows categories that an organisation made', () => {
    expect(classify({ ...nothing, givenCategory: 'Pricing' }, [{ key: 'pricing' }]).category).toBe('pricing');
  });

  it('always yields a known category or none, and a sentence', () => {
    const texts = fc.array(
      fc.constantFrom('security', 'bug', '', 'src/auth/a.ts', 'yarn.lock', '/', '__proto__'),
    );
    const facts = fc.record({
      title: fc.string(),
      labels: texts,
      paths: texts,
      givenCategory: fc.option(fc.string()),
      override: fc.constantFrom(null, byHand),
    });
    const known = fc.subarray([...DEFAULT_CATEGORIES]);
    fc.assert(
      fc.property(facts, known, (one, categories) => {
        const { category, reason } = classify(one, categories);
        expect([...categories.map(({ key }) => key), UNCLASSIFIED]).toContain(category);
        expect(reason).toMatch(/\.$/);
      }),
    );
  });
});
