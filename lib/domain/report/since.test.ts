import { expect, it } from 'vitest';
import { sinceFrozen } from './since';

const team = { slug: 'payments', name: 'Payments' };
const adoption = { decided: 3, reviewed: 2, merged: 3, withoutAgent: 0, byAgent: [], review: null };
const place = { team, category: { slug: 'docs', name: 'Docs' } };

it('says nothing where nothing came in', () => {
  expect(
    sinceFrozen({ adoption, team }, { decided: 3, reviewed: 2, merged: 3, withoutAgent: 0 }, []),
  ).toEqual([]);
});

it('says what the week counts by now, beside what the report has', () => {
  expect(
    sinceFrozen({ adoption, team }, { decided: 4, reviewed: 2, merged: 3, withoutAgent: 1 }, []),
  ).toEqual([
    'By now this week counts 4 decided tasks of agents, where the report has 3; 1 task without an agent, where the report has 0.',
  ]);
});

it('says which moves were told or taken back since', () => {
  const now = { decided: 3, reviewed: 2, merged: 3, withoutAgent: 0 };
  const move = { ...place, from: 'walk', to: 'crawl', isWithdrawn: false, reason: 'A SEV1.' };
  expect(
    sinceFrozen({ adoption, team: null }, now, [move, { ...move, isWithdrawn: true, reason: 'It was not.' }]),
  ).toEqual([
    'Payments · Docs moved from walk to crawl, which was not known then. A SEV1.',
    'Payments · Docs: the move from walk to crawl stands no longer. It was not.',
  ]);
});
