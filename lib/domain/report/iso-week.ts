import { Temporal } from 'temporal-polyfill';

/** A week as ISO 8601 names it, such as `2026-W47`: it begins on Monday and belongs to the year of its Thursday. */
export type IsoWeek = string & { readonly brand: unique symbol };

const FORM = /^(\d{4})-W(\d{2})$/;
const MONDAY_TO_THURSDAY = { days: 3 };

function mondayOf(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.subtract({ days: date.dayOfWeek - 1 });
}

function nameOf(monday: Temporal.PlainDate): IsoWeek {
  const { weekOfYear = 0, yearOfWeek = 0 } = monday.add(MONDAY_TO_THURSDAY);
  return `${String(yearOfWeek).padStart(4, '0')}-W${String(weekOfYear).padStart(2, '0')}` as IsoWeek;
}

/** The Monday of a week. */
function firstDayOf(week: IsoWeek): Temporal.PlainDate {
  const [, year = '', number = ''] = FORM.exec(week) ?? [];
  // 4 January lies in the first week of every year.
  return mondayOf(new Temporal.PlainDate(Number(year), 1, 4)).add({ weeks: Number(number) - 1 });
}

/** @returns null of what is no week: another form, week 0, or a 53rd week of a year that has 52 */
export function parseWeek(text: string): IsoWeek | null {
  const match = FORM.exec(text);
  if (!match || match[1] === '0000' || match[2] === '00') return null;
  const week = text as IsoWeek;
  return nameOf(firstDayOf(week)) === week ? week : null;
}

/** The week in which an instant (ms since 1970) lies in a time zone. */
export function weekAt(at: number, zone: string): IsoWeek {
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  return nameOf(mondayOf(date));
}

/** The week so many weeks later, or earlier. */
export function addWeeks(week: IsoWeek, weeks: number): IsoWeek {
  return nameOf(firstDayOf(week).add({ weeks }));
}

/**
 * When a week begins and ends in a time zone: instants in ms since 1970, the end not included. It lasts 167 or 169 hours where clocks
 * are set in it; a day that begins with a gap begins after it.
 */
export function boundsOf(week: IsoWeek, zone: string): { from: number; to: number } {
  const monday = firstDayOf(week);
  const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).epochMilliseconds;
  return { from: startOf(monday), to: startOf(monday.add({ weeks: 1 })) };
}

/**
 * When the seven days from a day (such as `2026-11-16`) begin and end in a time zone: instants in ms since 1970, the end not included.
 * Null of what no calendar has.
 */
export function sevenDaysFrom(day: string, zone: string): { from: number; to: number } | null {
  try {
    const date = Temporal.PlainDate.from(day);
    const startOf = (one: Temporal.PlainDate) => one.toZonedDateTime(zone).epochMilliseconds;
    return { from: startOf(date), to: startOf(date.add({ weeks: 1 })) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** First and last day, as `2026-11-16`. */
export function daysOf(week: IsoWeek): { first: string; last: string } {
  const monday = firstDayOf(week);
  return { first: monday.toString(), last: monday.add({ days: 6 }).toString() };
}

/** Whether this machine knows a time zone by this name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `Area/Place`, or UTC: no offset such as +02:00, which knows no summer, and no abbreviation such as EST5EDT. */
const ZONE_NAME = /^(?:UTC|[A-Za-z]+(?:\/[\w+-]+)+)$/i;

/** A time zone as it is spelled, of a name that somebody typed in any case; null where this machine knows none by it. */
export function zoneOf(text: string): string | null {
  const name = text.trim();
  if (!ZONE_NAME.test(name) || !isZone(name)) return null;
  return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
}

/** On which day (1 = Monday) and at which hour a report goes out, and by whose clocks. */
export type Schedule = {
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly zone: string;
};

/**
 * When the report of a week is due: at the first such hour after its end. An hour that clocks skip is taken after the gap, one that
 * they repeat the first time. In ms since 1970.
 */
export function dueAt(week: IsoWeek, { weekday, hour, minute, zone }: Schedule): number {
  const day = firstDayOf(week).add({ days: 7 + weekday - 1 });
  return day.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(hour, minute) })
    .epochMilliseconds;
}

/** The latest week whose report is due at an instant (ms since 1970). */
export function latestDue(at: number, schedule: Schedule): IsoWeek {
  const current = weekAt(at, schedule.zone);
  const last = addWeeks(current, -1);
  return dueAt(last, schedule) <= at ? last : addWeeks(last, -1);
}
