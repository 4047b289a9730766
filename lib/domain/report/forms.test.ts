import { expect, it } from 'vitest';
import type { Facts } from './answer';
import type { ReportContent, ReportLane } from './content';
import { csvOf } from './csv';
import { documentOf } from './document';
import { htmlMailOf } from './html-mail';
import { markdownOf } from './markdown';
import { plainTextOf } from './plain-text';

/** Names as people and agents may give them: HTML, Markdown, a formula, and writing from right to left. */
const NASTY = { slug: 'x', name: '=1+1 | <b>*Pay*</b> "עגלה" \u202egnp' };
const standing = { gear: 'walk', proven: 0.8, score: { value: 0.9, low: 0.8, high: 0.97 } } as const;
const lane: ReportLane = {
  team: NASTY,
  category: { slug: 'tests', name: 'Tests' },
  ...standing,
  before: { gear: 'crawl', proven: null, score: null },
  verdict: 'hold',
  tight: false,
  blocker: '3 more clean reviews to run.',
  cleanNeeded: 3,
  counted: 25,
  maturing: 2,
  week: { decided: 3, reviewed: 2, merged: 3 },
  forecast: { to: 'run', weeks: 3, reviewedInFourWeeks: 8 },
};
const facts: Facts = {
  version: 1,
  organisation: NASTY,
  team: NASTY,
  week: '2026-W47',
  zone: 'UTC',
  from: '2026-11-16T00:00:00.000Z',
  to: '2026-11-23T00:00:00.000Z',
  policyVersion: 1,
  gears: { crawl: 0, walk: 1, run: 0 },
  gearsBefore: { crawl: 1, walk: 0, run: 0 },
  lanes: [lane],
  teams: [],
  moves: [],
  waiting: [],
  incidents: [],
  agents: { firstSeen: [], shadow: [{ key: 'x', name: '<script>alert(1)</script>' }], paused: [] },
  adoption: { decided: 3, reviewed: 2, merged: 3, byAgent: [], withoutAgent: 0, review: null },
  quality: { decided: 3, reviewed: 2, merged: 3, hasty: 0, withoutAgent: 0, quietSources: [] },
  notSetUp: [],
};
const content: ReportContent = { ...facts, answer: `${NASTY.name}: 0 of 1 lane run.`, actions: [] };
const frame = {
  gears: content.gears,
  addressOf: () => 'https://x/',
  url: 'https://x/',
  button: 'Read it',
  unsubscribeUrl: 'https://x/',
  why: NASTY.name,
};

it('a name breaks out of no form', () => {
  const html = htmlMailOf(documentOf(content), frame);
  expect(html).not.toMatch(/<script|<b>/);
  expect(html).toContain('=1+1 | &lt;b&gt;*Pay*&lt;/b&gt; &quot;עגלה&quot;');
  const markdown = markdownOf(documentOf(content));
  expect(markdown).toContain('=1+1 \\| \\<b\\>\\*Pay\\*\\</b\\>');
  expect(markdown).not.toMatch(/(?<!\\)<script/);
  expect(csvOf(content)).toContain(`"'=1+1 | <b>*Pay*</b> ""עגלה"" \u202egnp"`);
});

it('every form says the same: what is proven, with its interval and what it was', () => {
  const document = documentOf(content);
  for (const form of [htmlMailOf(document, frame), plainTextOf(document), markdownOf(document)]) {
    const flat = form.replaceAll(/\\|\s+/g, (found) => (found === '\\' ? '' : ' '));
    for (const said of [
      'walk (was crawl)',
      '≥ .80 (was nothing)',
      '.90 (.80 to .97)',
      'about 3 weeks at this rate',
      '2 of 3 tasks (67 %)',
    ])
      expect(flat).toContain(said);
  }
  expect(csvOf(content).split('\r\n')[1]).toContain(',Tests,walk,crawl,0.8,,0.9,0.8,0.97,3,2,3,25,2,3,');
});

it('lines of the plain text are short', () => {
  for (const line of plainTextOf(documentOf(content)).split('\n'))
    expect(line.length).toBeLessThanOrEqual(78);
});
