import { expect, it } from 'vitest';
import { eventLines } from './plan-text';
import { rehearsedSend } from './rehearsed-send';
import { summaryText } from './summary';
import { importTexts } from './testing/import-files';

const HEADER = 'repo,number,title,state,created_at,merged_at,agent';
const row = (title: string) => `acme/shop,1,${title},merged,2026-09-01,2026-09-02,codex`;

it('rows that repeat a pull request and say something else are counted, and the first stands', async () => {
  const tables = { 'prs.csv': [HEADER, row('One'), row('One'), row('Two')].join('\n') };
  const { report } = await importTexts(tables, {}, { send: rehearsedSend() });
  expect(report.events).toEqual({ accepted: 2, duplicates: 4, differing: 1, rejected: 0 });
  expect(summaryText(report, { isDryRun: true, errorsFile: 'x', leftOut: [], reviewed: null })).toContain(
    'contradicting what came first, which stands: 1 (rows that repeat one another',
  );
});

it('a review is shown as it is read', async () => {
  const event = {
    specversion: '1.0',
    id: 'acme/shop#1/review/7',
    source: 'import:prs',
    type: 'dev.gait.review.submitted.v1',
    time: '2026-09-02T10:00:00.000Z',
    data: {
      task: { ref: 'acme/shop#1' },
      review: { ref: '7', reviewer: { login: 'ana' }, verdict: 'changes_requested' },
    },
  } as const;
  expect(eventLines([event])[0]).toMatch(/review\.submitted .* = changes requested by ana$/);
});
