import { addWeeks, dueAt, type IsoWeek, latestDue, type Schedule, weekAt } from './iso-week';

/** Monday, 08:00 UTC, where nobody has said another time. */
export const DEFAULT_SCHEDULE: Schedule = { weekday: 1, hour: 8, minute: 0, zone: 'UTC' };

/** A report that is to be frozen: of a team by its slug, or ('') of the organisation. */
export type DueReport = { readonly team: string; readonly week: IsoWeek; readonly zone: string };

/** What is known of a team's reports. `since` in ms: before the week in which it lies, there is none. */
export type Reporting = {
  readonly team: string;
  readonly schedule: Schedule;
  readonly since: number;
  readonly lastFrozen: IsoWeek | null;
  readonly failures: readonly { readonly week: IsoWeek; readonly nextTryAt: number }[];
};

/** So many weeks are caught up with after a long rest; earlier ones are computed on demand. */
const MOST_WEEKS = 60;

/**
 * The reports that are due at an instant (ms since 1970) and not frozen yet, oldest week first, and when to look again: at once, where some
 * are. Weeks that were missed are caught up with; a clock that goes back makes nothing due twice.
 */
export function planReports(
  reportings: readonly Reporting[],
  now: number,
): { due: DueReport[]; nextAt: number } {
  const due = reportings.flatMap((reporting) => dueOf(reporting, now));
  const nextAt =
    due.length > 0 ? now : Math.min(...reportings.flatMap((reporting) => nextOf(reporting, now)));
  return { due: due.sort((a, b) => (a.week < b.week ? -1 : a.week > b.week ? 1 : 0)), nextAt };
}

function dueOf({ team, schedule, since, lastFrozen, failures }: Reporting, now: number): DueReport[] {
  const latest = latestDue(now, schedule);
  const { zone } = schedule;
  const failed = new Set(failures.map(({ week }) => week));
  const from = [weekAt(since, zone), addWeeks(latest, 1 - MOST_WEEKS)];
  const first = latestOf(lastFrozen === null ? from : [...from, addWeeks(lastFrozen, 1)]);
  const due: DueReport[] = failures.flatMap(({ week, nextTryAt }) =>
    nextTryAt <= now ? [{ team, week, zone }] : [],
  );
  for (let week = first; week <= latest; week = addWeeks(week, 1))
    if (!failed.has(week)) due.push({ team, week, zone });
  return due;
}

/** Names of weeks sort as their weeks do. */
function latestOf(weeks: readonly IsoWeek[]): IsoWeek {
  return weeks.toSorted().at(-1) as IsoWeek;
}

function nextOf({ schedule, failures }: Reporting, now: number): number[] {
  const next = addWeeks(latestDue(now, schedule), 1);
  return [
    dueAt(next, schedule),
    ...failures.flatMap(({ nextTryAt }) => (nextTryAt > now ? [nextTryAt] : [])),
  ];
}

/** How long to wait before the next try, in ms: a minute, then twice as long each time, up to six hours. */
export function backOff(attempts: number): number {
  return Math.min(60_000 * 2 ** Math.max(0, attempts - 1), 6 * 3_600_000);
}
