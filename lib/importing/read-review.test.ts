import { describe, expect, it } from 'vitest';
import { eventsOfReview } from './events';
import { fieldsOf } from './fields';
import { readReview } from './read-review';
import { NOW } from './testing/import-files';

const columns = Object.fromEntries(fieldsOf('reviews').map((field) => [field, field]));
const GOOD = {
  id: '5',
  pullRequest: '77',
  reviewer: 'ana',
  verdict: 'APPROVED',
  submittedAt: '2025-06-02T00:00:00Z',
};

function read(change: Partial<Record<keyof typeof GOOD | 'repository' | 'number' | 'dismissedAt', string>>) {
  return readReview(new Map(Object.entries({ ...GOOD, ...change })), { columns, ref: undefined }, NOW);
}

describe('readReview', () => {
  it.each([
    ['APPROVED', 'approved'],
    ['approve', 'approved'],
    ['CHANGES_REQUESTED', 'changes_requested'],
    ['Changes requested', 'changes_requested'],
    ['COMMENTED', 'commented'],
    ['DISMISSED', 'commented'],
  ])('reads %s as %s', (word, verdict) => {
    expect(read({ verdict: word })).toMatchObject({ ok: true, value: { key: 'id 77', verdict } });
  });

  it.each([
    [{ pullRequest: '' }, 'which pull request'],
    [{ reviewer: '' }, 'no reviewer'],
    [{ verdict: '' }, 'no verdict'],
    [{ verdict: 'maybe' }, 'verdict "maybe" is not known'],
    [{ submittedAt: '' }, 'no time'],
    [{ submittedAt: 'noon' }, 'submittedAt "noon" is not a time'],
  ])('refuses %j', (change, reason) => {
    const row = read(change);
    expect(row.ok ? '' : row.reasons.join()).toContain(reason);
  });

  it('finds the pull request by repository and number', () => {
    expect(read({ pullRequest: '', repository: 'a/b', number: '3' })).toMatchObject({
      value: { key: 'ref github:a/b#3' },
    });
  });

  it('imports a dismissed review without the verdict that nobody can know, and its dismissal', () => {
    const row = read({ verdict: 'DISMISSED' });
    const events = row.ok ? eventsOfReview(row.value, 'github:a/b#3', 'import:t') : [];
    expect(events.map(({ type, time }) => [type, time])).toEqual([
      ['dev.gait.review.submitted.v1', '2025-06-02T00:00:00.000Z'],
      ['dev.gait.review.dismissed.v1', '2025-06-02T00:00:00.000Z'],
    ]);
    expect(events[0]?.data).toMatchObject({ review: { verdict: 'commented' } });
  });

  it('makes an id where the table has none', () => {
    expect(read({ id: '' })).toMatchObject({ value: { id: 'ana/2025-06-02T00:00:00.000Z/approved' } });
  });
});
