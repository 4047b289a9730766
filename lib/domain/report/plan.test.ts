import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addWeeks, boundsOf, dueAt, type IsoWeek, weekAt } from './iso-week';
import { backOff, DEFAULT_SCHEDULE, planReports, type Reporting } from './plan';

const DAY = 86_400_000;
const W47 = '2026-W47' as IsoWeek;
const monday = boundsOf(W47, 'UTC').to;
const aReporting = (changes: Partial<Reporting> = {}): Reporting => ({
  team: 'payments',
  schedule: DEFAULT_SCHEDULE,
  since: monday - 3 * DAY,
  lastFrozen: null,
  failures: [],
  ...changes,
});
const at = (hours: number) => monday + hours * 3_600_000;

it('begins with the week in which a team began, once that is over and its hour has come', () => {
  expect(planReports([aReporting()], at(7.9))).toEqual({ due: [], nextAt: at(8) });
  expect(planReports([aReporting()], at(8))).toEqual({
    due: [{ team: 'payments', week: W47, zone: 'UTC' }],
    nextAt: at(8),
  });
  expect(planReports([aReporting({ lastFrozen: W47 })], at(8))).toEqual({ due: [], nextAt: at(8 + 7 * 24) });
});

it('catches up with weeks that were missed, oldest first, and asks for none twice when the clock goes back', () => {
  const reporting = aReporting({ since: monday - 60 * DAY, lastFrozen: addWeeks(W47, -3) });
  expect(planReports([reporting], at(9)).due.map(({ week }) => week)).toEqual([
    '2026-W45',
    '2026-W46',
    '2026-W47',
  ]);
  const done = aReporting({ lastFrozen: W47 });
  expect(planReports([done], at(9) - 21 * DAY).due).toEqual([]);
});

it('tries what failed again when its time has come, and goes on with the others', () => {
  const failures = [{ week: addWeeks(W47, -1), nextTryAt: at(10) }];
  const reporting = aReporting({ lastFrozen: W47, failures });
  expect(planReports([reporting], at(9))).toEqual({ due: [], nextAt: at(10) });
  expect(planReports([reporting], at(10)).due).toEqual([{ team: 'payments', week: '2026-W46', zone: 'UTC' }]);
  const never = aReporting({ failures: [{ week: W47, nextTryAt: at(10) }] });
  expect(planReports([never], at(9)).due).toEqual([]);
});

it('each week is due exactly once over a year, whenever one looks', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia');
  const schedule = fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    zone,
  });
  fc.assert(
    fc.property(
      schedule,
      fc.array(fc.integer({ min: 1, max: 40 * 24 }), { minLength: 1, maxLength: 60 }),
      (schedule, steps) => {
        const since = Date.UTC(2026, 0, 7);
        let now = since;
        let lastFrozen: IsoWeek | null = null;
        const frozen: IsoWeek[] = [];
        for (const hours of steps) {
          now += hours * 3_600_000;
          for (const { week } of planReports([aReporting({ schedule, since, lastFrozen })], now).due) {
            expect(dueAt(week, schedule)).toBeLessThanOrEqual(now);
            frozen.push(week);
            lastFrozen = week;
          }
        }
        const first = weekAt(since, schedule.zone);
        const weeks = frozen.map((_, index) => addWeeks(first, index));
        if (now - since < 50 * 7 * DAY) expect(frozen).toEqual(weeks);
      },
    ),
  );
});

it('waits longer each time, and never longer than six hours', () => {
  expect([1, 2, 3, 20].map((attempts) => backOff(attempts) / 60_000)).toEqual([1, 2, 4, 360]);
});
