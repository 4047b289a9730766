import { describe, expect, it } from 'vitest';
import { duration } from './meter';
import { emptyDatasetReport, type ImportReport } from './report';
import { share, summaryJson, summaryText } from './summary';

const set = emptyDatasetReport();
const REPORT: ImportReport = {
  isComplete: true,
  datasets: [
    {
      ...set,
      pullRequests: { file: '/x/prs.csv', read: 2_700, imported: 2_686, repeated: 0, refused: 14 },
      reviews: { file: '/x/reviews.csv', read: 10, imported: 7, orphans: 2, refused: 1 },
      timeline: { file: '/x/timeline.csv', read: 90, used: 80, unused: 7, orphans: 2, refused: 1 },
      contradictions: { ...set.contradictions, merged_in_timeline_only: 9 },
    },
  ],
  events: { accepted: 5_000, duplicates: 12, differing: 0, rejected: 0 },
  tally: new Map([['codex', new Map([['feature', { merged: 1_754, closed: 571, open: 361 }]])]]),
  seconds: 0.5,
};

describe('the summary', () => {
  const options = {
    isDryRun: false,
    errorsFile: 'e.ndjson',
    leftOut: [],
    reviewed: { decided: 2_325, reviewed: 581 },
  };
  const text = summaryText(REPORT, options);

  it.each([
    'prs.csv: 2,700 pull requests read = 2,686 imported + 14 refused',
    'reviews.csv: 10 reviews read = 7 imported + 2 without their pull request + 1 refused',
    '9 called merged by the timeline, but not by the table; the table stands',
    '5,012 events sent = 5,000 new + 12 already known + 0 refused by the receiver',
    '65.3 % of 2,686',
    '75.4 % of 2,325',
    'Decided tasks of agents under this source: 2,325. Independently reviewed before the decision: 581 (25.0 % of 2,325).',
    'timeline.csv: 90 timeline entries read = 80 used + 7 of kinds that Gait does not keep + 2 without their pull request + 1 refused',
    '20 rows did not go in; e.ndjson says which and why.',
    '2,800 rows read (2,700 pull requests + 10 reviews + 90 timeline entries) in 0.5 s, 5,600 rows/s.',
  ])('says "%s"', (sentence) => {
    expect(text).toContain(sentence);
  });

  it('says of a rehearsal that nothing was written', () => {
    expect(summaryText(REPORT, { ...options, isDryRun: true })).toContain(
      '5,012 events would be sent; nothing was written.',
    );
  });

  it('says of a table without rows that it has none, unless nobody has looked', () => {
    const pullRequests = { file: '/x/prs.csv', read: 0, imported: 0, repeated: 0, refused: 0 };
    const reviews = { file: '/x/reviews.csv', read: 0, imported: 0, orphans: 0, refused: 0 };
    const timeline = { file: '/x/timeline.csv', read: 0, used: 0, unused: 0, orphans: 0, refused: 0 };
    const empty = { ...REPORT, datasets: [{ ...set, pullRequests, reviews, timeline }] };
    expect(summaryText(empty, options).split('\n').slice(0, 3)).toEqual([
      'prs.csv has a header and no rows.',
      'reviews.csv has a header and no rows.',
      'timeline.csv has a header and no rows.',
    ]);
    expect(summaryText({ ...empty, isComplete: false }, options)).not.toContain('no rows');
  });

  it('names the files that were left out', () => {
    const leftOut = [
      { files: ['/x/a-prs.csv', '/x/a-reviews.csv'], reason: '/x/a-reviews.csv is empty.' },
      { files: ['/x/b-prs.csv'], reason: '/x/b-prs.csv is empty.' },
    ];
    expect(summaryText(REPORT, { ...options, leftOut })).toContain(
      [
        '/x/a-reviews.csv is empty. Left out: a-prs.csv, a-reviews.csv.',
        '/x/b-prs.csv is empty. Left out: b-prs.csv.',
      ].join('\n'),
    );
    expect(summaryJson(REPORT, { ...options, leftOut, source: 'import:x' })).toMatchObject({ leftOut });
  });

  it('counts one as one', () => {
    const one = { file: '/x/prs.csv', read: 1, imported: 0, repeated: 0, refused: 1 };
    const events = { accepted: 1, duplicates: 0, differing: 0, rejected: 0 };
    const report = { ...REPORT, datasets: [{ ...set, pullRequests: one }], events };
    const lines = summaryText(report, options);
    for (const words of [
      '1 pull request read',
      '1 event sent',
      '1 row did not go in',
      '1 row read (1 pull request + 0 reviews + 0 timeline entries) in 0.5 s',
    ])
      expect(lines).toContain(words);
  });

  it('says the same to programs, with the denominators', () => {
    const json = summaryJson(REPORT, { ...options, source: 'import:x' });
    expect(json).toMatchObject({
      imported: 2_693,
      refused: 16,
      orphans: 4,
      reviewed: { decided: 2_325, reviewed: 581 },
      rows: 2_800,
      rowsByTable: { pullRequests: 2_700, reviews: 10, timeline: 90 },
      rowsPerSecond: 5_600,
    });
    expect(json.agents[0]).toMatchObject({
      agent: 'codex',
      pullRequests: 2_686,
      merged: 1_754,
      decided: 2_325,
    });
  });

  it('says of several agents the sum, too', () => {
    const tally = new Map([
      ...REPORT.tally,
      ['cursor', new Map([['docs', { merged: 1, closed: 2, open: 3 }]])] as const,
    ]);
    expect(summaryText({ ...REPORT, tally }, options)).toMatch(/^all agents +2,692 +1,755 +573 +364 /m);
    expect(text).not.toContain('all agents');
  });

  it('says nothing of reviews where nobody here counts them', () => {
    expect(summaryText(REPORT, { ...options, reviewed: null })).not.toContain('Independently');
  });

  it('never divides by nothing', () => {
    expect(share(0, 0)).toBe('none');
  });
});

describe('duration', () => {
  it.each([
    [0.4, '0 s'],
    [61, '1 min 1 s'],
    [7_320, '2 h 2 min'],
    [Number.POSITIVE_INFINITY, '?'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
