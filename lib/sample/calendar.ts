const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** People work from 6 to 20 o'clock UTC, Monday to Friday: an organisation spread over a few time zones. */
const OPENS_AT = 6;
const CLOSES_AT = 20;

/** Working hours in a calendar day, weekends spread out: 14 hours on five days of seven. */
export const HOURS_A_DAY = ((CLOSES_AT - OPENS_AT) * 5) / 7;

/** How far back the calendar reaches, in days: more than the sample's eighteen months. */
const REACH_DAYS = 640;

/** The last thing that anybody did lies at least this far back, in ms. */
const MARGIN_MS = 2 * 60_000;

type Shift = { from: number; to: number; hoursAfter: number };

/**
 * Working time, counted backwards in hours from the end of the sample. Plans are made on this clock, which knows no
 * nights and weekends; so a story's order and its pace are the same on whatever day the demo is started.
 */
export type Calendar = {
  readonly endsAt: number;
  /** The instant, in ms, so many working hours before the end. */
  at(hours: number): number;
  /** How many working hours before the end an instant lies. */
  hoursAt(ms: number): number;
};

export function createCalendar(endsAt: number): Calendar {
  const shifts: Shift[] = [];
  const midnight = Math.floor(endsAt / DAY_MS) * DAY_MS;
  let hoursAfter = 0;
  for (let day = 0; day < REACH_DAYS; day += 1) {
    const start = midnight - day * DAY_MS;
    const weekday = new Date(start).getUTCDay();
    const from = start + OPENS_AT * HOUR_MS;
    const to = Math.min(start + CLOSES_AT * HOUR_MS, endsAt - MARGIN_MS);
    if (weekday === 0 || weekday === 6 || to <= from) continue;
    shifts.push({ from, to, hoursAfter });
    hoursAfter += (to - from) / HOUR_MS;
  }
  return {
    endsAt,
    at(hours) {
      // All shifts but the last one are of one length, which saves looking for the right one.
      const beyondLast = Math.max(0, hours) - (shifts[1]?.hoursAfter ?? 0);
      const index = beyondLast < 0 ? 0 : 1 + Math.floor(beyondLast / (CLOSES_AT - OPENS_AT));
      const shift = shifts[index];
      if (!shift) throw new Error('The calendar does not reach that far back.');
      return Math.round(shift.to - (hours - shift.hoursAfter) * HOUR_MS);
    },
    hoursAt(ms) {
      const shift = shifts.find(({ from }) => from <= ms);
      return shift ? shift.hoursAfter + Math.max(0, shift.to - ms) / HOUR_MS : hoursAfter;
    },
  };
}
