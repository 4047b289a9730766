import { Temporal } from 'temporal-polyfill';
import type { Schedule } from '../report/iso-week';

/**
 * When somebody wants no mail: from one time of day to another, in minutes since midnight, the end not included, by the clocks of a
 * zone. Where `from` is the later one, over midnight; where both are the same, never.
 */
export type QuietHours = { readonly from: number; readonly to: number; readonly zone: string };

/** Until when nothing is to be sent, in ms since 1970; null when it may be sent at `now`. Where clocks are set, it ends after the gap, and when its end comes for the first time. */
export function quietUntil(now: number, { from, to, zone }: QuietHours): number | null {
  const local = localAt(now, zone);
  const minute = local.hour * 60 + local.minute;
  const isQuiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return null;
  const day = local.toPlainDate().add({ days: minute < to ? 0 : 1 });
  const end = instantOf(day, Math.floor(to / 60), to % 60, zone);
  return end > now ? end : null;
}

const MINUTES_OF_DAY = 24 * 60;

/** Whether less of the day is left for mails than not: more than most mean to say. */
export function lastsOverHalfADay({ from, to }: Pick<QuietHours, 'from' | 'to'>): boolean {
  return (to - from + MINUTES_OF_DAY) % MINUTES_OF_DAY > MINUTES_OF_DAY / 2;
}

/** A morning's digest: its day, such as `2026-11-16`, and when it is due, in ms since 1970. */
export type DigestDay = { readonly day: string; readonly at: number };

const WORKING_DAYS = 5;

/** The latest digest that is due at an instant: on working days, at the hour of the weekly report. */
export function latestDigest(now: number, schedule: Schedule): DigestDay {
  let date = localAt(now, schedule.zone).toPlainDate();
  while (date.dayOfWeek > WORKING_DAYS || digestOf(date, schedule).at > now)
    date = date.subtract({ days: 1 });
  return digestOf(date, schedule);
}

/** When the first digest after an instant is due, in ms since 1970. */
export function nextDigest(now: number, schedule: Schedule): number {
  let date = localAt(now, schedule.zone).toPlainDate();
  while (date.dayOfWeek > WORKING_DAYS || digestOf(date, schedule).at <= now) date = date.add({ days: 1 });
  return digestOf(date, schedule).at;
}

function digestOf(date: Temporal.PlainDate, { hour, minute, zone }: Schedule): DigestDay {
  return { day: date.toString(), at: instantOf(date, hour, minute, zone) };
}

function localAt(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

function instantOf(date: Temporal.PlainDate, hour: number, minute: number, zone: string): number {
  return date.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(hour, minute) })
    .epochMilliseconds;
}
