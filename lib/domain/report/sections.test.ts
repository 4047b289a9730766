import { describe, expect, it } from 'vitest';
import { actionsOf } from './actions';
import { answerOf } from './answer';
import type { ReportContent } from './content';
import { documentOf } from './document';
import { aReport, aReportLane, aReportTeam } from './testing';

const lane = (slug: string, changes: Parameters<typeof aReportLane>[0] = {}) =>
  aReportLane({
    category: { slug, name: slug },
    before: { gear: 'walk', proven: 0.8, score: null },
    ...changes,
  });

const sentencesOf = (content: ReportContent, key: string) =>
  documentOf(content).sections.find((section) => section.key === key)?.sentences;

describe('what changed', () => {
  it('are proven levels, too, where the gear is the same', () => {
    const content = aReport({
      lanes: [lane('tests', { proven: 0.85 }), lane('docs', { proven: null }), lane('deps')],
      gearsBefore: { crawl: 0, walk: 1, run: 0 },
    });
    expect(sentencesOf(content, 'moves')).toEqual([
      'No gear changed this week.',
      'What is proven rose in tests (from .80 to .85) and fell in docs (from .80 to nothing).',
    ]);
    expect(answerOf(content)).toContain('No gear changed this week, but 1 proven level fell; nothing waits');
  });

  it('are recommendations that came to nothing', () => {
    const closed = { ...lane('docs'), at: '2026-11-17T09:00:00.000Z', from: 'walk', to: 'run' } as const;
    const content = aReport({
      lanes: [],
      gearsBefore: { crawl: 0, walk: 1, run: 0 },
      closed: [
        { ...closed, status: 'declined', person: 'Lena', reason: 'Too early.' },
        { ...closed, status: 'withdrawn', person: null, reason: '' },
      ],
    });
    expect(sentencesOf(content, 'moves')?.slice(1)).toEqual([
      'Lena declined on Tue 17 Nov, 09:00 that docs goes from walk to run: “Too early.”',
      'That docs goes from walk to run is recommended no more since Tue 17 Nov, 09:00: its evidence changed.',
    ]);
  });
});

describe('what to do next', () => {
  it('names the teams whose work is seldom reviewed, the busiest first', () => {
    const team = (name: string, decided: number, reviewed: number) =>
      aReportTeam({ team: { slug: name, name }, week: { decided, reviewed, merged: 0 } });
    const texts = actionsOf(
      aReport({
        team: null,
        lanes: [],
        teams: [team('Calm', 30, 20), team('Busy', 26, 12), team('Busiest', 40, 1)],
      }),
    ).map(({ text }) => text);
    expect(texts).toEqual([
      expect.stringContaining('Have more of Busiest’s work reviewed'),
      expect.stringContaining(
        'Have more of Busy’s work reviewed by somebody who did not ask for it: 12 of 26',
      ),
    ]);
  });

  it('is nothing where there is only to wait, or where policy stands in the way', () => {
    const waits = lane('tests', { cleanNeeded: 0, blocker: '3 tasks still mature; then ready for run.' });
    const stays = lane('security', {
      cleanNeeded: null,
      blocker: 'This kind of work always stays in crawl.',
    });
    expect(actionsOf(aReport({ lanes: [waits, stays] }))).toEqual([]);
  });
});

it('says in each form that sample data is invented', () => {
  const { lead, fine } = documentOf(aReport({ isSample: true }));
  expect(lead).toContain('sample data');
  expect(fine.join(' ')).toContain('Everything in this report is invented');
});

describe('of many, a form shows as many as can be read there', () => {
  const waits = (days: number) => ({
    ...lane('docs'),
    id: `${days}`,
    from: 'crawl' as const,
    to: 'walk' as const,
    openedAt: '2026-11-01T00:00:00.000Z',
    days,
    approvals: [],
    approvalsNeeded: 1,
  });
  const named = (name: string, decided: number) =>
    aReportTeam({ team: { slug: name, name }, week: { decided, reviewed: 0, merged: 0 } });
  const content = aReport({
    team: null,
    lanes: [],
    waiting: [waits(1), waits(9), waits(4)],
    teams: [named('Able', 7), named('Calm', 1), named('Zeal', 8)],
  });
  const shown = (key: string, most?: number) => {
    const found = documentOf(content, most).sections.find((one) => one.key === key);
    return { said: found?.sentences, rows: found?.table?.rows.map((cells) => cells.map(({ text }) => text)) };
  };

  it('recommendations that have waited longest', () => {
    expect(shown('waiting').rows?.map((cells) => cells[2])).toEqual(['9 days', '4 days', '1 day']);
    const { said, rows } = shown('waiting', 2);
    expect(said).toEqual(['Shown are the first 2 of 3.']);
    expect(rows?.map((cells) => cells[2])).toEqual(['9 days', '4 days']);
  });

  it('teams that decided most, in their order', () => {
    expect(shown('teams').said).toEqual([]);
    const { said, rows } = shown('teams', 2);
    expect(said).toEqual(['Shown are 2 of 3 teams, those that decided most in this week.']);
    expect(rows?.map(([name]) => name)).toEqual(['Able', 'Zeal']);
  });
});
