import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claim, ownerOf, repositoryInRef, withoutForeign } from './ownership';
import { foldTask } from './task';
import { aTask } from './testing/builders';

const none = new Map<string, string>();
const claim = (given: Partial<Claim>): Claim => ({
  team: null,
  repository: null,
  senderTeam: null,
  ...given,
});

describe('repositoryInRef', () => {
  it.each([
    ['github:acme/shop#12', 'acme/shop'],
    ['gitlab:group/sub/shop!7', 'group/sub/shop'],
    ['acme/shop#12', null],
    ['github:shop#12', null],
    ['github:acme/shop', null],
    ['JIRA-12', null],
  ])('%s → %s', (ref, repository) => expect(repositoryInRef(ref)).toBe(repository));
});

describe('ownerOf', () => {
  const search = new Map([['acme/shop', 'search']]);
  it.each([
    ['nobody said', 'x', [], none, null],
    [
      'a team that the organisation names',
      'github:acme/shop#1',
      [claim({ team: 'Pay Ments' })],
      search,
      'pay-ments',
    ],
    ['the repository’s team', 'x', [claim({ repository: 'acme/shop' })], search, 'search'],
    [
      'the repository in its reference',
      'github:acme/shop#1',
      [claim({ senderTeam: 'pay' })],
      search,
      'search',
    ],
    [
      'a repository that a foreign token names',
      'x',
      [claim({ senderTeam: 'pay', repository: 'acme/shop' })],
      search,
      'search',
    ],
    [
      'whoever reported it first, also where a later token names a repository of its own',
      'jira-1',
      [claim({ senderTeam: 'pay' }), claim({ senderTeam: 'search', repository: 'acme/shop' })],
      search,
      'pay',
    ],
    [
      'whoever reported it first',
      'x',
      [claim({ senderTeam: 'pay' }), claim({ senderTeam: 'sea' })],
      search,
      'pay',
    ],
    [
      'the organisation, also when it comes later',
      'x',
      [claim({ senderTeam: 'pay', team: 'Pay' }), claim({ team: 'Sea' })],
      none,
      'sea',
    ],
    [
      'a repository of no team says nothing',
      'github:acme/other#1',
      [claim({ senderTeam: 'pay' })],
      search,
      'pay',
    ],
  ] as const)('%s', (_, ref, claims, teams, owner) => expect(ownerOf(ref, claims, teams)).toBe(owner));
});

it('what another team’s token sends changes nothing, wherever it falls in the record', () => {
  const own = aTask('t').openedBy('codex', { team: 'Search' }).approvedBy('ana').merged('ana').events;
  const foreign = aTask('t')
    .openedBy('cursor', { team: 'Pay', title: 'Taken' })
    .sentBackBy('mallory')
    .closed({ by: 'mallory' }).events;
  const expected = foldTask('t', own);
  const sent = [
    ...own.map((event) => ({ ...event, senderTeam: null })),
    ...foreign.map((event) => ({ ...event, source: 'foreign', senderTeam: 'pay' })),
  ];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(sent, { minLength: sent.length }),
      fc.integer({ min: -1e9, max: 1e9 }),
      (events, shift) => {
        const shifted = events.map((event) =>
          event.senderTeam === null ? event : { ...event, at: event.at + shift },
        );
        expect(foldTask('t', withoutForeign(shifted, 'search').own)).toEqual(expected);
      },
    ),
  );
});
