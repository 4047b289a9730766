import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEvents, eventsOfPullRequest } from './events';
import { type FIELDS, fieldsOf } from './fields';
import { readPullRequest, type Settings } from './read-pull-request';
import { NOW } from './testing/import-files';

const columns = Object.fromEntries(fieldsOf('pullRequests').map((field) => [field, field]));
const settings: Settings = {
  columns,
  source: 'import:test',
  ref: undefined,
  agent: {},
  team: {},
  categories: { Story: 'feature' },
};

const GOOD = {
  repository: 'acme/web',
  number: '7',
  title: 'fix: keep tabs',
  author: 'rita',
  agent: 'codex',
  state: 'closed',
  createdAt: '2025-06-01T00:00:00Z',
  closedAt: '2025-06-02T00:00:00Z',
  mergedAt: '2025-06-02T00:00:00Z',
};

function read(
  change: Partial<Record<keyof (typeof FIELDS)['pullRequests'], string>>,
  other: Partial<Settings> = {},
) {
  return readPullRequest(new Map(Object.entries({ ...GOOD, ...change })), { ...settings, ...other }, NOW);
}

function reasonsOf(change: Parameters<typeof read>[0]): string {
  const row = read(change);
  if (!row.ok) return row.reasons.join('; ');
  const events = checkEvents(eventsOfPullRequest(row.value, 'import:test'), NOW);
  return 'reasons' in events ? events.reasons.join('; ') : '';
}

describe('readPullRequest', () => {
  it.each([
    ['closed with a time of merging is merged', {}, 'merged'],
    ['closed without one is closed', { mergedAt: '' }, 'closed'],
    ['open', { state: 'open', mergedAt: '', closedAt: '' }, 'open'],
    ['without a state, the times tell', { state: '', mergedAt: '' }, 'closed'],
    ['merged, with the time of closing only', { state: 'MERGED', mergedAt: '' }, 'merged'],
    ['other forges say abandoned', { state: 'abandoned', mergedAt: '' }, 'closed'],
  ])('%s', (_, change, state) => {
    expect(read(change)).toMatchObject({ ok: true, value: { state, ref: 'github:acme/web#7' } });
  });

  it.each([
    ['nothing says which', { number: '', repository: '' }, 'which pull request'],
    ['no opening', { createdAt: '' }, 'no time of opening'],
    [
      'a day that is not',
      { createdAt: '2025-02-30T00:00:00Z' },
      'createdAt "2025-02-30T00:00:00Z" is not a time',
    ],
    [
      'the future',
      { mergedAt: '2095-01-01T00:00:00Z' },
      'mergedAt "2095-01-01T00:00:00Z" lies in the future',
    ],
    ['long ago', { createdAt: '1999-01-01T00:00:00Z' }, 'before 2000'],
    ['an unknown state', { state: 'pending' }, 'state "pending" is not known'],
    ['open and merged', { state: 'open' }, 'open, and yet it has a time of merging'],
    ['open and closed', { state: 'open', mergedAt: '' }, 'open, and yet it has a time of closing'],
    ['closed at no time', { closedAt: '', mergedAt: '' }, 'no time of closing'],
    ['merged at no time', { state: 'merged', closedAt: '', mergedAt: '' }, 'no time of merging'],
    ['merged before it was opened', { mergedAt: '2025-05-01T00:00:00Z' }, 'before it was opened'],
    ['a title too long', { title: 'x'.repeat(1001) }, 'title must have at most 1,000 characters'],
    ['control characters', { title: 'a\u0007b' }, 'title must not hold control characters'],
    ['an address that is none', { url: 'javascript:alert(1)' }, 'url must be an http or https address'],
    ['a number that is none', { number: 'seven' }, 'number "seven" is not a whole number'],
  ])('refuses %s', (_, change, reason) => {
    expect(reasonsOf(change)).toContain(reason);
  });

  it('finds repository and number in the address', () => {
    const url = 'https://github.com/acme/web/pull/9';
    expect(read({ repository: '', number: '', url })).toMatchObject({ value: { ref: 'github:acme/web#9' } });
  });

  it('names a pull request by its id where there is no number', () => {
    expect(read({ repository: '', number: '', id: 'X1' })).toMatchObject({
      value: { ref: 'import:test#X1' },
    });
  });

  it('follows the template, and the words of the file for kinds of work', () => {
    const row = read({ category: 'Story' }, { ref: 'forge:{repository}!{number}' });
    expect(row).toMatchObject({ value: { ref: 'forge:acme/web!7', category: 'feature' } });
  });

  it.each([
    [{ always: 'claude-code' }, 'codex', 'claude-code'],
    [{ otherwise: 'claude-code' }, 'codex', 'codex'],
    [{ otherwise: 'claude-code' }, '', 'claude-code'],
  ])('of %j and the column "%s" takes %s for the agent', (agent, column, expected) => {
    expect(read({ agent: column }, { agent })).toMatchObject({ value: { agent: expected } });
  });

  it('never throws, whatever the row', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(GOOD)));
    const anyRow = fc.dictionary(fc.constantFrom(...fieldsOf('pullRequests')), value);
    fc.assert(
      fc.property(anyRow, (cells) => {
        const row = readPullRequest(new Map(Object.entries(cells)), settings, NOW);
        if (!row.ok) return row.reasons.length > 0;
        const events = checkEvents(eventsOfPullRequest(row.value, 'import:test'), NOW);
        return Array.isArray(events) ? events.length > 0 : events.reasons.length > 0;
      }),
    );
  });

  it('refuses a row whose ref needs the id that it does not have: all such rows would be one task', () => {
    const ref = 'jira:{repository}/{id}';
    expect(read({ id: 'X-1' }, { ref })).toMatchObject({ ok: true, value: { ref: 'jira:acme/web/X-1' } });
    expect(read({}, { ref })).toMatchObject({
      ok: false,
      reasons: ['it has no id, and the ref is made of one'],
    });
  });
});

it("the key of an agent is the column's word as it stands, unless the command line says another", () => {
  expect(read({ agent: 'claude_code' })).toMatchObject({ value: { agent: 'claude_code' } });
  const agent = { always: 'claude-code' };
  expect(read({ agent: 'claude_code' }, { agent })).toMatchObject({ value: { agent: 'claude-code' } });
});
