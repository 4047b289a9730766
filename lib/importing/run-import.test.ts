import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resume } from './resumption';
import { foldAll, importTexts } from './testing/import-files';

const HEADER = 'id,repo,number,title,user,type,state,created_at,closed_at,merged_at';
const OPEN = '1,a/b,1,feat: one,rita,feat,open,2025-06-01T00:00:00Z,,';
const MERGED =
  '2,a/b,2,"fix: a, b",rita,fix,closed,2025-06-01T00:00:00Z,2025-06-02T00:00:00Z,2025-06-02T00:00:00Z';
const CLOSED = '3,a/b,3,docs: c,rita,docs,closed,2025-06-01T00:00:00Z,2025-06-02T00:00:00Z,';
const BAD = '4,a/b,4,d,rita,docs,closed,2025-06-01T00:00:00Z,,';
const table = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`;

const REVIEWS = `pr_id,review_id,reviewer,state,submitted_at
2,r1,ana,APPROVED,2025-06-01T12:00:00Z
2,r2,ana,PERHAPS,2025-06-01T13:00:00Z
4,r3,ana,APPROVED,2025-06-01T12:00:00Z
9,r4,ana,APPROVED,2025-06-01T12:00:00Z
`;

const TIMELINE = `pr_id,event,created_at,actor,commit_id,label
2,committed,,,aaaaaaa,
2,reviewed,,,aaaaaaa,
2,committed,,,bbbbbbb,
2,deployed,2025-06-01T20:00:00Z,bot,,
2,merged,2025-06-02T00:00:00Z,ana,ccccccc,
3,closed,2025-06-02T00:00:01Z,ben,,
9,closed,2025-06-02T00:00:01Z,ben,,
`;

describe('runImport', () => {
  it('makes tasks of rows', async () => {
    const { report, events } = await importTexts({ 'prs.csv': table(OPEN, MERGED, CLOSED) }, { team: 'Web' });
    expect(report.datasets[0]?.pullRequests).toMatchObject({ read: 3, imported: 3, refused: 0 });
    expect([...foldAll(events).values()]).toMatchObject([
      { ref: 'github:a/b#1', state: 'open', team: 'Web', givenCategory: 'feat', agent: { key: 'codex' } },
      {
        ref: 'github:a/b#2',
        state: 'merged',
        title: 'fix: a, b',
        requester: { login: 'rita', kind: 'human' },
      },
      { ref: 'github:a/b#3', state: 'closed', closedBy: null },
    ]);
  });

  it('joins reviews and timeline, and leaves over what belongs to nothing', async () => {
    const texts = { 'prs.csv': table(OPEN, MERGED, CLOSED, BAD), 'r.csv': REVIEWS, 't.csv': TIMELINE };
    const { report, events, leftovers } = await importTexts(texts, { reviews: 'r.csv', timeline: 't.csv' });
    const [set] = report.datasets;
    expect(set?.pullRequests).toMatchObject({ read: 4, imported: 3, repeated: 0, refused: 1 });
    // The second review of pull request 2 is refused, so that its timeline names as many reviews as there are.
    expect(set?.reviews).toMatchObject({ read: 4, imported: 1, orphans: 2, refused: 1 });
    expect(set?.timeline).toMatchObject({ read: 7, used: 5, unused: 1, orphans: 1, refused: 0 });
    expect(leftovers.map(({ outcome, row, line, reasons }) => [outcome, row, line, reasons[0]])).toEqual([
      ['orphan', 7, 8, 'no pull request with the id 9 in prs.csv'],
      ['refused', 4, 5, 'it was closed, but no time of closing is given'],
      ['refused', 2, 3, expect.stringContaining('verdict "PERHAPS"')],
      ['orphan', 3, 4, 'its pull request was refused, in row 4 of prs.csv'],
      ['orphan', 4, 5, 'no pull request with the id 9 in prs.csv'],
    ]);
    const tasks = foldAll(events);
    expect(tasks.get('github:a/b#2')).toMatchObject({
      headSha: 'bbbbbbb',
      headMoves: [{ headSha: 'bbbbbbb', at: Date.UTC(2025, 5, 1, 12) }],
      reviews: [{ reviewer: 'ana', verdict: 'approved', independent: true, headSha: 'aaaaaaa' }],
      anomalies: [],
    });
    expect(tasks.get('github:a/b#3')).toMatchObject({ closedBy: { login: 'ben' } });
  });

  it('counts a pull request once, at its furthest state', async () => {
    const merged = MERGED.replace('2,a/b,2', '1,a/b,1');
    const { report, events } = await importTexts({ 'prs.csv': table(OPEN, merged, OPEN) });
    expect(report.datasets[0]?.pullRequests).toMatchObject({ read: 3, imported: 1, repeated: 2, refused: 0 });
    expect(foldAll(events).get('github:a/b#1')).toMatchObject({ state: 'merged' });
    expect(
      [...(report.tally.get('codex')?.values() ?? [])].reduce((sum, { merged }) => sum + merged, 0),
    ).toBe(1);
  });

  it('reads the same from a timeline when rows of the other tables are repeated', async () => {
    const reviews = REVIEWS.split('\n').slice(0, 2);
    const once = { 'prs.csv': table(MERGED), 'r.csv': reviews.join('\n'), 't.csv': TIMELINE };
    const again = [...reviews, reviews[1]].join('\n');
    const request = { reviews: 'r.csv', timeline: 't.csv' };
    const first = await importTexts(once, request);
    const second = await importTexts({ ...once, 'prs.csv': table(MERGED, MERGED), 'r.csv': again }, request);
    expect(foldAll(first.events).get('github:a/b#2')?.headMoves).toHaveLength(1);
    expect([...foldAll(second.events)]).toEqual([...foldAll(first.events)]);
  });

  it('imports reviews alone, where they name their pull request', async () => {
    const reviews = 'repo,number,reviewer,verdict,submitted_at\na/b,1,ana,approved,2025-06-01T12:00:00Z\n';
    const { report, events } = await importTexts({ 'reviews.csv': reviews });
    expect(report.datasets[0]).toMatchObject({ pullRequests: null, reviews: { read: 1, imported: 1 } });
    expect(events[0]).toMatchObject({ data: { task: { ref: 'github:a/b#1' } } });
  });

  it('refuses the row whose event the receiver refuses', async () => {
    const { report, leftovers } = await importTexts(
      { 'prs.csv': table(OPEN, CLOSED) },
      {},
      {
        send: async (batch) => ({
          accepted: batch.length - 1,
          duplicates: 0,
          differing: 0,
          rejected: new Map([[2, 'no']]),
        }),
      },
    );
    expect(report.datasets[0]?.pullRequests).toMatchObject({ read: 2, imported: 1, refused: 1 });
    expect(report.events).toEqual({ accepted: 2, duplicates: 0, differing: 0, rejected: 1 });
    expect(leftovers).toMatchObject([{ row: 2, reasons: ['no'] }]);
  });

  it('goes on where it was interrupted, and its sums are those of the whole', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => OPEN.replace('1,a/b,1', `${index},a/b,${index}`));
    const texts = { 'prs.csv': table(...rows, BAD) };
    const first = resume(null);
    let sent = 0;
    const broken = importTexts(
      texts,
      {},
      {
        resumption: first,
        send: async (batch) => {
          sent += batch.length;
          if (sent > 60) throw new Error('away');
          return { accepted: batch.length, duplicates: 0, differing: 0, rejected: new Map() };
        },
      },
    );
    await expect(broken).rejects.toThrow('away');
    const { report, events, leftovers } = await importTexts(
      texts,
      {},
      { resumption: resume(first.progress()) },
    );
    expect(events).toHaveLength(40);
    expect(report.datasets[0]?.pullRequests).toMatchObject({ read: 101, imported: 100, refused: 1 });
    expect(report.events).toEqual({ accepted: 100, duplicates: 0, differing: 0, rejected: 0 });
    expect(leftovers).toHaveLength(1);
  });

  it('stops between two rows when it is told to', async () => {
    let asked = 0;
    const stop = () => {
      asked += 1;
      return asked > 2;
    };
    const { report } = await importTexts({ 'prs.csv': table(OPEN, MERGED, CLOSED) }, {}, { isStopped: stop });
    expect(report.isComplete).toBe(false);
    expect(report.datasets[0]?.pullRequests?.read).toBe(report.datasets[0]?.pullRequests?.imported);
  });

  it('stops while it still reads how the tables belong together', async () => {
    const texts = { 'prs.csv': table(OPEN, MERGED), 'r.csv': REVIEWS, 't.csv': TIMELINE };
    const request = { reviews: 'r.csv', timeline: 't.csv' };
    const { report, events } = await importTexts(texts, request, { isStopped: () => true });
    expect(report).toMatchObject({ isComplete: false, datasets: [{ timeline: { read: 0 } }] });
    expect(events).toEqual([]);
  });

  it('has sums that add up, and no error, whatever the rows', async () => {
    const cell = fc.oneof(
      fc.constantFrom('1', 'a/b', 'open', 'closed', 'x', '', '2025-06-01T00:00:00Z', '"', 'null', '2, 3'),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    const anyRow = fc.oneof(
      fc.constantFrom(OPEN, MERGED, CLOSED, BAD),
      fc.array(cell, { maxLength: 12 }).map((cells) => cells.join(',')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 12 }), async (rows) => {
        const { report, leftovers } = await importTexts(
          { 'prs.csv': table(...rows), 'r.csv': REVIEWS },
          { reviews: 'r.csv' },
        );
        const { pullRequests, reviews } = report.datasets[0] ?? {};
        const { read, imported, repeated, refused } = pullRequests ?? {
          read: -1,
          imported: 0,
          repeated: 0,
          refused: 0,
        };
        expect(imported + repeated + refused).toBe(read);
        expect((reviews?.imported ?? 0) + (reviews?.orphans ?? 0) + (reviews?.refused ?? 0)).toBe(4);
        expect(leftovers).toHaveLength(refused + (reviews?.orphans ?? 0) + (reviews?.refused ?? 0));
      }),
      { numRuns: 60 },
    );
  });
});
