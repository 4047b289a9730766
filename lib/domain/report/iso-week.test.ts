import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWeeks,
  boundsOf,
  daysOf,
  dueAt,
  type IsoWeek,
  isZone,
  latestDue,
  parseWeek,
  weekAt,
  zoneOf,
} from './iso-week';

const HOUR = 3_600_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'America/Santiago',
  'Australia/Lord_Howe',
];
const week = (text: string): IsoWeek => {
  const parsed = parseWeek(text);
  if (!parsed) throw new Error(`${text} is no week`);
  return parsed;
};
const anInstant = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2037, 11, 31) });
const aZone = fc.constantFrom(...ZONES);
const aSchedule = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.integer({ min: 0, max: 59 }),
  zone: aZone,
});

describe('a week', () => {
  it('belongs to the year of its Thursday', () => {
    expect(weekAt(Date.UTC(2027, 0, 3), 'UTC')).toBe('2026-W53');
    expect(weekAt(Date.UTC(2024, 11, 30), 'UTC')).toBe('2025-W01');
    expect(daysOf(week('2026-W47'))).toEqual({ first: '2026-11-16', last: '2026-11-22' });
  });

  it.each(['2026-W00', '2026-W54', '2025-W53', '2026-47', '2026-W7', '', '0000-W01', '2026-W47 '])(
    'is not %j',
    (text) => expect(parseWeek(text)).toBeNull(),
  );

  it('holds the instants that lie in it, in any time zone, and no others', () => {
    fc.assert(
      fc.property(anInstant, aZone, (at, zone) => {
        const { from, to } = boundsOf(weekAt(at, zone), zone);
        expect(from <= at && at < to).toBe(true);
        expect(weekAt(to, zone)).toBe(addWeeks(weekAt(at, zone), 1));
        expect(weekAt(from - 1, zone)).toBe(addWeeks(weekAt(at, zone), -1));
      }),
    );
  });

  it('is an hour shorter in spring, and an hour longer in autumn', () => {
    const hours = (name: string) => {
      const { from, to } = boundsOf(week(name), 'Europe/Berlin');
      return (to - from) / HOUR;
    };
    expect([hours('2026-W13'), hours('2026-W14'), hours('2026-W43')]).toEqual([167, 168, 169]);
  });
});

describe('a schedule', () => {
  const berlin = { weekday: 7, hour: 2, minute: 30, zone: 'Europe/Berlin' };

  it('takes an hour that clocks skip after the gap, and one that they repeat the first time', () => {
    expect(new Date(dueAt(week('2026-W12'), berlin)).toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(new Date(dueAt(week('2026-W42'), berlin)).toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it('is due once a week, after the week has ended, and in order', () => {
    fc.assert(
      fc.property(anInstant, aSchedule, (at, schedule) => {
        const latest = latestDue(at, schedule);
        expect(dueAt(latest, schedule)).toBeLessThanOrEqual(at);
        expect(dueAt(addWeeks(latest, 1), schedule)).toBeGreaterThan(at);
        expect(boundsOf(latest, schedule.zone).to).toBeLessThanOrEqual(at);
      }),
    );
  });

  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    [' Asia/Kolkata ', 'Asia/Kolkata'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    ['utc', 'UTC'],
  ])('%j is spelled %s', (typed, zone) => {
    expect(zoneOf(typed)).toBe(zone);
  });

  it.each([
    '',
    '+02:00',
    '-0500',
    'EST5EDT',
    'EST',
    'CET',
    'Mars/Olympus',
    '1970-01-01T00:00Z[Europe/Berlin]',
  ])('%j is no zone to be saved', (typed) => {
    expect(zoneOf(typed)).toBeNull();
  });

  it('knows which time zones there are', () => {
    expect([isZone('Europe/Berlin'), isZone('UTC'), isZone('Mars/Olympus'), isZone('')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
