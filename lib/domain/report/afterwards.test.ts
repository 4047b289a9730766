import { expect, it } from 'vitest';
import { afterwardsInWords } from './afterwards';
import { aReport } from './testing';

const place = (slug: string) => ({
  team: { slug: 'payments', name: 'Payments' },
  category: { slug, name: slug },
});
const waits = (id: string, slug: string) => ({
  ...place(slug),
  id,
  from: 'walk' as const,
  to: 'run' as const,
  openedAt: '2026-11-01T00:00:00.000Z',
  days: 20,
  approvals: [],
});
const move = (slug: string) => ({ ...place(slug), at: '2026-11-24T09:00:00.000Z', from: 'run', to: 'crawl' });

it('says what a reader must know before they act on a week that is over', () => {
  const report = aReport({ waiting: [waits('1', 'docs'), waits('2', 'tests')] });
  const now = { moves: [move('bugfix')], waiting: new Set(['2', '3', '4']), graveIncidents: 1 };
  expect(afterwardsInWords(report, now)).toEqual([
    'bugfix went from run to crawl on Tue 24 Nov, 09:00.',
    'docs waits for a decision no more.',
    '2 other recommendations wait for a decision now.',
    '1 incident of SEV1 or SEV2 was opened.',
  ]);
});

it('names three moves, and says nothing where nothing happened', () => {
  const many = {
    moves: Array.from({ length: 5 }, () => move('docs')),
    waiting: new Set<string>(),
    graveIncidents: 0,
  };
  expect(afterwardsInWords(aReport(), many)).toHaveLength(4);
  expect(afterwardsInWords(aReport(), many).at(-1)).toBe('2 more gears changed.');
  expect(afterwardsInWords(aReport(), { ...many, moves: [] })).toEqual([]);
});
