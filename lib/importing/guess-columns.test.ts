import { describe, expect, it } from 'vitest';
import { guessColumns, looksLikeReviews, settleColumns } from './guess-columns';

describe('guessColumns', () => {
  it.each([
    ['createdAt', ['number', 'created_at']],
    ['createdAt', ['number', 'Created']],
    ['createdAt', ['number', 'opened at']],
    ['repository', ['repo']],
    ['repository', ['repository.full_name']],
    ['repository', ['nameWithOwner']],
    ['number', ['pr_number']],
    ['author', ['user.login']],
    ['author', ['Login']],
    ['url', ['HTML URL']],
    ['category', ['task_type']],
    ['agent', ['tool']],
    ['files', ['changed_files']],
  ] as const)('finds %s in %j', (field, header) => {
    expect(guessColumns('pullRequests', header)[field]).toBe(header.at(-1));
  });

  it('prefers the better name, and gives each column to one field', () => {
    expect(guessColumns('pullRequests', ['type', 'task_type', 'id', 'pr_number'])).toEqual({
      id: 'id',
      number: 'pr_number',
      category: 'task_type',
    });
  });

  it('tells reviews from pull requests', () => {
    expect(looksLikeReviews(['pr_id', 'reviewer', 'state', 'submitted_at'])).toBe(true);
    expect(looksLikeReviews(['id', 'title', 'reviewer', 'state', 'created_at', 'merged_at'])).toBe(false);
  });
});

describe('settleColumns', () => {
  it('lets what was said stand above the guess', () => {
    const header = ['id', 'title', 'Subject', 'created_at', 'state'];
    expect(settleColumns('pullRequests', 'x.csv', header, { title: 'Subject' }).title).toBe('Subject');
  });

  it.each([
    [
      'pullRequests',
      ['title', 'created_at', 'state'],
      '--map id=COLUMN, or --map repository=COLUMN and --map number=COLUMN, or --map url=COLUMN.',
    ],
    [
      'pullRequests',
      ['repo', 'created_at', 'state'],
      '--map id=COLUMN, or --map number=COLUMN, or --map url=COLUMN.',
    ],
    ['pullRequests', ['id', 'state'], '--map createdAt=COLUMN'],
    ['pullRequests', ['id', 'created_at'], '--map state=COLUMN'],
    ['reviews', ['pr_id', 'state', 'submitted_at'], '--map reviews.reviewer=COLUMN'],
    ['timeline', ['pr_id', 'created_at'], '--map timeline.event=COLUMN'],
  ] as const)('says what %s with %j lack', (kind, header, flag) => {
    expect(() => settleColumns(kind, 'x.csv', header, {})).toThrow(flag);
    expect(() => settleColumns(kind, 'x.csv', header, {})).toThrow(`Its columns are ${header.join(', ')}.`);
  });

  it('refuses a column that the file does not have', () => {
    expect(() => settleColumns('pullRequests', 'x.csv', ['id'], { title: 'Subject' })).toThrow(
      'no column Subject',
    );
  });
});

it('names no more columns, and no longer ones, than anybody reads', () => {
  const header = ['x'.repeat(500), ...Array.from({ length: 2_000 }, (_, at) => `c${at}`)];
  const refused = () => settleColumns('pullRequests', 'prs.csv', header, {});
  expect(refused).toThrow(`Its columns are ${'x'.repeat(60)}…, c0, c1, `);
  expect(refused).toThrow(', c38 and 1,961 more. Name it with --map id=COLUMN');
});
