import { describe, expect, it } from 'vitest';
import { createCalendar } from './calendar';

const ENDS = ['2026-11-22T16:00:00Z', '2026-11-23T05:10:00Z', '2026-11-27T12:34:56Z', '2028-02-29T23:59:59Z'];

describe.each(ENDS)('the calendar that ends at %s', (end) => {
  const calendar = createCalendar(Date.parse(end));
  const hours = Array.from({ length: 540 }, (_, index) => index * 10.1);

  it('knows only working hours of working days, all of them past', () => {
    for (const at of hours.map(calendar.at)) {
      const time = new Date(at);
      expect([1, 2, 3, 4, 5]).toContain(time.getUTCDay());
      expect(time.getUTCHours() + time.getUTCMinutes() / 60).toBeGreaterThanOrEqual(6);
      expect(time.getUTCHours() + time.getUTCMinutes() / 60).toBeLessThanOrEqual(20);
      expect(at).toBeLessThan(calendar.endsAt);
    }
  });

  it('goes back in time as the hours grow, and can be read backwards', () => {
    const times = hours.map(calendar.at);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    for (const hour of hours) expect(calendar.hoursAt(calendar.at(hour))).toBeCloseTo(hour, 4);
  });
});
