import { expect, it } from 'vitest';
import { sinceFrozen } from './since';

const team = { slug: 'payments', name: 'Payments' };
const adoption = { decided: 3, reviewed: 2, merged: 3, withoutAgent: 0, byAgent: [], review: null };
const place = { team, category: { slug: 'docs', name: 'Docs' } };

it('says nothing where nothing came in', () => {
  expect(
    sinceFrozen(
      { adoption, team, incidents: [] },
      { decided: 3, reviewed: 2, merged: 3, withoutAgent: 0 },
      [],
      [],
    ),
  ).toEqual([]);
});

it('says what the week counts by now, beside what the report has', () => {
  expect(
    sinceFrozen(
      { adoption, team, incidents: [] },
      { decided: 4, reviewed: 2, merged: 3, withoutAgent: 1 },
      [],
      [],
    ),
  ).toEqual([
    'By now this week counts 4 decided tasks of agents, where the report has 3; 1 task without an agent, where the report has 0.',
  ]);
});

it('says which moves were told or taken back since', () => {
  const now = { decided: 3, reviewed: 2, merged: 3, withoutAgent: 0 };
  const move = { ...place, from: 'walk', to: 'crawl', isWithdrawn: false, reason: 'A SEV1.' };
  expect(
    sinceFrozen(
      { adoption, team: null, incidents: [] },
      now,
      [move, { ...move, isWithdrawn: true, reason: 'It was not.' }],
      [],
    ),
  ).toEqual([
    'Payments · Docs moved from walk to crawl, which was not known then. A SEV1.',
    'Payments · Docs: the move from walk to crawl stands no longer. It was not.',
  ]);
});

it('says which incidents the week had, or had not, as is known since', () => {
  const now = { decided: 3, reviewed: 2, merged: 3, withoutAgent: 0 };
  const incident = (ref: string, severity: string, chargedTasks = 0) => ({
    ...{ ref, title: `Fault ${ref}`, severity, chargedTasks },
    ...{ openedAt: '2026-11-17T00:00:00.000Z', resolvedAt: null, gearsLost: [] },
  });
  const then = [
    incident('a', 'SEV2'),
    incident('b', 'SEV3', 1),
    incident('c', 'SEV3'),
    incident('d', 'SEV4'),
  ];
  const known = [
    incident('a', 'SEV1'),
    incident('b', 'SEV3', 2),
    incident('d', 'SEV4'),
    incident('e', 'SEV1'),
  ];
  expect(sinceFrozen({ adoption, team, incidents: then }, now, [], known)).toEqual([
    'SEV2 “Fault a” is SEV1 by now.',
    'SEV3 “Fault b” is charged to 2 tasks by now, where the report has 1.',
    'SEV1 “Fault e” was open in this week, which was not known then.',
    'SEV3 “Fault c” was not open in this week after all.',
  ]);
});
