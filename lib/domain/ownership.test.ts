import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byRecordOrder, type GaitEvent } from './event';
import { type Claim, claimOf, heardOf, ownerOfTask, repositoryOf, type TeamRules } from './ownership';
import { inRecordOrder } from './record';
import { slugOf } from './slug';
import { foldTask } from './task';
import { aTask, type TaskStory } from './testing/builders';

const rules: TeamRules = {
  teamOfRepository: new Map([['acme/shop', 'search']]),
  slugOfTeam: slugOf,
};

/** In record order, one a minute. */
const claims = (...given: Partial<Claim>[]): Claim[] =>
  given.map((one, place) => ({
    source: 's',
    id: `${place}`,
    at: place * 60_000,
    team: null,
    repository: null,
    ...one,
  }));

const sentBy = (senderTeam: string, { events }: TaskStory): GaitEvent[] =>
  events.map((event) => ({ ...event, source: `of ${senderTeam}`, senderTeam }));

describe('repositoryOf', () => {
  it.each([
    ['github:acme/shop#12', 'acme/shop'],
    ['gitlab:group/sub/shop!7', 'group/sub/shop'],
    ['acme/shop#12', null],
    ['github:shop#12', null],
    ['github:acme/shop', null],
    ['JIRA-12', null],
  ])('reads %s as %s', (ref, repository) => expect(repositoryOf(ref, [])).toBe(repository));

  it('believes the organisation before the ref, and the ref before a team', () => {
    const ofTeam = { senderTeam: 'pay', repository: 'acme/pay' };
    expect(repositoryOf('jira-1', claims(ofTeam))).toBe('acme/pay');
    expect(repositoryOf('github:acme/shop#1', claims(ofTeam))).toBe('acme/shop');
    expect(repositoryOf('github:acme/shop#1', claims(ofTeam, { repository: 'acme/moved' }))).toBe(
      'acme/moved',
    );
  });
});

describe('ownerOfTask', () => {
  const ours = 'github:acme/shop#1';
  const pay = { senderTeam: 'pay' };
  it.each([
    ['nobody', 'jira-1', [], undefined],
    ['the team that the organisation names', ours, [{ team: 'Pay Ments' }], 'pay-ments'],
    ['the first that it names', ours, [{ team: 'Web' }, { team: 'Pay' }], 'web'],
    ['the repository’s team', 'jira-1', [{ repository: 'acme/shop' }], 'search'],
    ['the team of the repository in its ref', ours, [pay], 'search'],
    [
      'the team of the repository that a token of another names',
      'jira-1',
      [{ ...pay, repository: 'acme/shop' }],
      'search',
    ],
    ['whoever reported it first', 'jira-1', [pay, { senderTeam: 'web' }], 'pay'],
    ['whoever the organisation names later', 'jira-1', [{ ...pay, team: 'Pay' }, { team: 'Web' }], 'web'],
    ['whoever reported it, where its repository is nobody’s', 'github:acme/other#1', [pay], 'pay'],
  ] as const)('%s', (_, ref, given, owner) => {
    expect(ownerOfTask(ref, claims(...given), rules)?.slug).toBe(owner);
  });

  it('calls a team by its name where somebody has said it', () => {
    expect(ownerOfTask('jira-1', claims(pay), rules)).toEqual({ slug: 'pay', name: 'pay' });
    expect(ownerOfTask('jira-1', claims({ ...pay, team: 'Pay' }), rules)).toEqual({
      slug: 'pay',
      name: 'Pay',
    });
  });
});

it('a review claims nothing', () => {
  const reviews = sentBy('pay', aTask('t').approvedBy('ana'));
  expect(reviews.map((event) => claimOf(event, 'task'))).toEqual([null]);
});

it('of what teams’ tokens say about a task of nobody, nothing counts', () => {
  const sent = sentBy('pay', aTask('t').approvedBy('ana').reverted());
  expect(heardOf(sent, null)).toEqual({
    heard: [],
    anomalies: ['2 events from tokens of pay do not count: nobody has said which team the task belongs to.'],
  });
});

it('what another team’s token sends changes nothing, wherever it falls in the record', () => {
  const own = aTask('t').openedBy('codex', { team: 'Search' }).approvedBy('ana').merged('ana').events;
  const foreign = sentBy(
    'pay',
    aTask('t')
      .openedBy('cursor', { team: 'Pay', title: 'Taken' })
      .sentBackBy('mallory')
      .closed({ by: 'mallory' }),
  );
  const expected = foldTask('t', own);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...own, ...foreign], { minLength: own.length + foreign.length }),
      fc.integer({ min: -1e9, max: 1e9 }),
      (events, shift) => {
        const shifted = events.map((event) =>
          event.senderTeam ? { ...event, at: event.at + shift } : event,
        );
        const record = inRecordOrder(shifted);
        expect(record).toEqual([...record].sort(byRecordOrder));
        const owner = ownerOfTask(
          't',
          record.flatMap((event) => claimOf(event, 'task') ?? []),
          rules,
        );
        const { heard, anomalies } = heardOf(record, owner);
        expect(foldTask('t', heard)).toEqual(expected);
        expect(anomalies).toEqual(['3 events from tokens of pay do not count: the task belongs to search.']);
      },
    ),
  );
});

it('an id that two teams use is two events', () => {
  const [ours, theirs] = ['search', 'pay'].map((senderTeam) =>
    aTask('t')
      .openedBy('codex')
      .events.map((event) => ({ ...event, senderTeam })),
  );
  expect(inRecordOrder([...(ours ?? []), ...(theirs ?? []), ...(ours ?? [])])).toHaveLength(2);
});
