import { expect, it } from 'vitest';
import { consequenceOf, type LinkedTask, whatHappened, whyUncharged } from './link-effect';

const task = (changes: Partial<LinkedTask> = {}): LinkedTask => ({
  lane: 'Payments · Bug fixes',
  gear: 'walk',
  tight: false,
  failures: 0,
  uncharged: null,
  ...changes,
});

it.each([
  [
    'SEV1',
    task(),
    'Confirming takes Payments · Bug fixes from walk to crawl at once, and counts as 10 failures.',
  ],
  [
    'SEV1',
    task({ gear: 'run' }),
    'Confirming takes Payments · Bug fixes from run to crawl at once, and counts as 10 failures.',
  ],
  [
    'SEV2',
    task({ gear: 'run' }),
    'Confirming takes Payments · Bug fixes from run to walk at once, and counts as 5 failures.',
  ],
  [
    'SEV1',
    task({ gear: 'crawl' }),
    'Confirming counts as 10 failures in Payments · Bug fixes, which is in crawl.',
  ],
  [
    'SEV3',
    task(),
    'Confirming counts as 2 failures in Payments · Bug fixes, which keeps walk unless that breaks its bar.',
  ],
  [
    'SEV4',
    task({ gear: 'crawl' }),
    'Confirming counts as 1 failure in Payments · Bug fixes, which is in crawl.',
  ],
  [
    'SEV2',
    task({ failures: 10 }),
    'Confirming takes Payments · Bug fixes from walk to crawl at once; the task counts as 10 failures already.',
  ],
  [
    'SEV3',
    task({ failures: 2 }),
    'Confirming adds nothing in Payments · Bug fixes: the task counts as 2 failures already.',
  ],
  [
    'SEV1',
    task({ uncharged: 'It is not decided yet.' }),
    'Confirming charges nothing for now. It is not decided yet.',
  ],
] as const)(
  'what confirming a %s would do to a lane is said before it is done (%#)',
  (severity, linked, sentence) => {
    expect(consequenceOf(severity, linked)).toBe(sentence);
  },
);

it('nothing is charged for what is not change-related, or says nothing about the lane', () => {
  const decided = { decidedAt: new Date(0), agent: 'codex' };
  expect(whyUncharged(null, decided)).toBeNull();
  expect(whyUncharged('agent error', decided)).toBeNull();
  expect(whyUncharged('unrelated', decided)).toBe('The cause of the incident is “unrelated”.');
  const undecided = { decidedAt: null, agent: 'codex' };
  expect(whyUncharged(null, undecided)).toBe('It is not decided yet.');
});

it('what has happened is told by what the lane was and what it is', () => {
  const [walk, crawl] = [task(), task({ gear: 'crawl' })];
  expect(whatHappened('confirmed', 'SEV1', walk, crawl)).toBe(
    'Charged to Payments · Bug fixes: it went from walk to crawl, and the task counts as 10 failures.',
  );
  expect(whatHappened('confirmed', 'SEV3', walk, walk)).toBe(
    'Charged to Payments · Bug fixes: it stays in walk, and the task counts as 2 failures.',
  );
  expect(whatHappened('confirmed', 'SEV4', walk, task({ tight: true, failures: 5 }))).toBe(
    'Charged to Payments · Bug fixes: it stays in walk under the reviews of the next lower gear, and the task counts as 5 failures.',
  );
  expect(whatHappened('rejected', 'SEV1', crawl, walk)).toBe(
    'No longer charged to Payments · Bug fixes: it went from crawl to walk.',
  );
  expect(whatHappened('rejected', 'SEV4', walk, walk)).toBe(
    'No longer charged to Payments · Bug fixes: it stays in walk.',
  );
  const open = task({ uncharged: 'It is not decided yet.' });
  expect(whatHappened('confirmed', 'SEV1', open, open)).toBe('Nothing is charged. It is not decided yet.');
  expect(whatHappened('rejected', 'SEV1', open, open)).toBe('Nothing had been charged.');
});
