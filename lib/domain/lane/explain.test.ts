import { expect, it } from 'vitest';
import { charged, cleanTasks, DAY_MS, DEFAULT_RULES, decided, folded, observed } from '@/lib/testing/lane';
import { STORY_START } from '../testing/event-log';
import { fadedTrust } from '../trust/fading';
import { summarize } from '../trust/trust-summary';
import { explainLane } from './explain';
import type { LaneEntry } from './lane-entry';

const onDay = (day: number) => STORY_START + day * DAY_MS;

/** The blocker and the other reasons of a lane with these entries, as somebody reads them so many days after the first one. */
function readOn(day: number, entries: readonly LaneEntry[], rules = DEFAULT_RULES) {
  const { state } = folded(entries, { rules, until: onDay(day) });
  const summary = summarize(state.engine, rules.engine, null);
  const faded = fadedTrust(summary.next, summary.fading, onDay(day) / DAY_MS);
  const { blocker, reasons } = explainLane(state, summary, rules, faded);
  return { blocker, others: reasons.filter((reason) => reason !== blocker) };
}

it('a lane that lies idle needs more clean reviews, and says why', () => {
  const lane = cleanTasks(12);
  expect(readOn(15, lane).blocker).toBe('8 more clean reviews to walk.');
  expect(readOn(44, lane).blocker).toBe('8 more clean reviews to walk.');
  expect(readOn(75, lane).blocker).toBe(
    'Nothing has matured since 19 Jan, so its evidence fades; 13 more clean reviews to walk.',
  );
  expect(readOn(720, lane).blocker).toMatch(
    /^Nothing has matured since 19 Jan 2026, so its evidence fades; \d\d more clean reviews to walk\.$/,
  );
});

it('the ten tasks that must mature in the gear are asked for where the bar needs fewer', () => {
  const lane = [...cleanTasks(38), decided(onDay(16), 'walk')];
  expect(readOn(17, lane).blocker).toBe('10 more clean reviews to run.');
  const maturing = [...lane, ...cleanTasks(4, onDay(17), 'late')];
  expect(readOn(18, maturing).blocker).toBe(
    '6 more clean reviews to run, beyond the 4 tasks that still mature.',
  );
  const soon = [...lane, ...cleanTasks(10, onDay(17), 'late')];
  expect(readOn(18, soon).blocker).toBe('10 tasks still mature; then ready for run.');
});

it('what was proven is so no longer when too much has faded', () => {
  const lane = [...cleanTasks(45), decided(onDay(16), 'walk')];
  expect(readOn(20, lane)).toMatchObject({
    blocker: 'Proven for run; 10 more must mature in walk first.',
    others: ['Proven at least .90.', '45 tasks counted, 0 not clean.'],
  });
  expect(readOn(47, lane).blocker).toBe(
    'Nothing has matured since 21 Jan, so its evidence fades; proven for run; 10 more must mature in walk first.',
  );
  const faded = readOn(90, lane);
  expect(faded.blocker).toMatch(
    /^Nothing has matured since 21 Jan, so its evidence fades; 1\d more clean reviews to run\.$/,
  );
  expect(faded.others).toEqual(['Proven at least .85.', '45 tasks counted, 0 not clean.']);
  expect(readOn(1600, lane).others[0]).toBe('Nothing is proven any more.');
});

it('tasks that still mature find the evidence faded', () => {
  const lane = [...cleanTasks(19), observed('late', onDay(100), 1)];
  expect(readOn(101, lane).blocker).toMatch(
    /^Nothing has matured since 20 Jan, so its evidence fades; \d more clean reviews to walk, beyond the 1 task that still matures\.$/,
  );
  const enough = [...cleanTasks(45), decided(onDay(16), 'walk'), ...cleanTasks(12, onDay(70), 'late')];
  expect(readOn(71, enough).blocker).toBe(
    'Nothing has matured since 21 Jan, so its evidence fades; 12 tasks still mature, then proven for run.',
  );
});

it('where something else is in the way, the fading goes without saying', () => {
  const ceiling = { ...DEFAULT_RULES, ceiling: 'crawl' as const };
  expect(readOn(100, cleanTasks(12), ceiling).blocker).toBe('This kind of work always stays in crawl.');
  expect(readOn(100, cleanTasks(25)).blocker).toBe('');
  const task = observed('late', onDay(60));
  const incident = charged(task, [{ at: onDay(61), severity: 'SEV3' }]);
  expect(readOn(62, [...cleanTasks(12), task, ...incident]).blocker).toBe(
    'An incident on a task that still matures must clear before walk.',
  );
});
