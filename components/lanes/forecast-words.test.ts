import { expect, it } from 'vitest';
import { forecastOf } from './forecast-words';

type Page = Parameters<typeof forecastOf>[0];

const bar = (now: { met?: boolean; expectedTasks?: number | null }): Page['bars'][number] => ({
  gear: 'walk',
  bar: 0.8,
  evidence: 4,
  needed: 81,
  met: false,
  cleanNeeded: 9,
  cleanNeededAfterPending: 8,
  expectedTasks: 30,
  now: { evidence: 4, met: false, expectedTasks: 30, ...now },
});

function aPage(
  cell: Partial<Page['cell']> = {},
  { notClean = 2, ...now }: { notClean?: number; met?: boolean; expectedTasks?: number | null } = {},
): Page {
  const counts = { decided: 20, reviewed: 18, merged: 18, hasty: 0, matured: 12, pending: 3 };
  return {
    cell: {
      gear: 'crawl',
      ceiling: 'run',
      cleanNeededNow: 8,
      blocker: '8 more clean reviews to walk.',
      counts,
      ...cell,
    },
    bars: [bar(now)],
    notClean,
    score: {
      at: '2026-11-02T00:00:00.000Z',
      value: 0.78,
      low: 0.7,
      high: 0.86,
      ownCount: 15,
      priorShare: 0.4,
      otherLanes: 3,
    },
  };
}

it('speaks of a number above only where there is one', () => {
  const blocker = 'An incident on a task that still matures must clear before walk.';
  expect(forecastOf(aPage({ blocker }))).not.toContain('number above');
});

it('foretells nothing from a score that is hardly the lane’s own', () => {
  const page = aPage();
  const score = page.score && { ...page.score, priorShare: 0.9 };
  expect(forecastOf({ ...page, score })).not.toContain('Going on');
});

it('gives the present rate beside the best case, which the headline names', () => {
  expect(forecastOf(aPage())).toBe(
    '12 counted, 3 maturing. The number above holds if all are clean. Going on as so far, about 30 tasks.',
  );
  expect(forecastOf(aPage({}, { expectedTasks: 900 }))).toContain('more than 500 tasks');
});

it('asks no lane to get better whose every task was clean', () => {
  expect(forecastOf(aPage({}, { notClean: 0, expectedTasks: null }))).toBe('12 counted, 3 maturing.');
});

it('says when the present score would never do', () => {
  expect(forecastOf(aPage({}, { expectedTasks: null }))).toContain(
    'Going on at the present score, .78, would never prove .80: fewer tasks must lose points.',
  );
});

it('never foretells less than the best case', () => {
  expect(forecastOf(aPage({}, { expectedTasks: 6 }))).not.toContain('Going on');
});

it('says nothing of a gear that the lane cannot reach, and no number where it is proven', () => {
  expect(forecastOf(aPage({ ceiling: 'crawl' }))).toBeNull();
  expect(forecastOf(aPage({ cleanNeededNow: 0 }, { met: true }))).toBe('The evidence for walk is there.');
  expect(forecastOf(aPage({}, { met: true }))).toContain('what is missing is time in crawl.');
  expect(forecastOf(aPage({ cleanNeededNow: 0 }))).toContain('What still matures will do if it stays clean.');
});
