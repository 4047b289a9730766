import { firstOf } from '@/components/layout/params';
import { calendarDay } from '@/lib/domain/calendar-day';
import { isZone } from '@/lib/domain/report/iso-week';
import { COUNTED, type TaskFilters, type TaskState } from '@/lib/tasks/types';

type Query = Record<string, string | string[] | undefined>;

const states = ['open', 'merged', 'closed'] as const satisfies TaskState[];

/** Reads the filters of the task list from the URL; what is not known is left out. */
export function readTaskFilters(query: Query): TaskFilters {
  const { team, category, agent, outcome, q } = query;
  const state = states.find((candidate) => candidate === firstOf(query.state));
  const week = firstOf(query.week);
  const zone = firstOf(query.zone);
  const counted = COUNTED.find((candidate) => candidate === firstOf(query.counted));
  const entries = Object.entries({ team, category, agent, outcome, q })
    .map(([key, value]) => [key, firstOf(value)] as const)
    .filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(entries),
    ...(state && { state }),
    ...(isDate(week) && { week }),
    ...(zone !== undefined && isZone(zone) && { zone }),
    ...(counted && { counted }),
  };
}

function isDate(text: string | undefined): text is string {
  return calendarDay('').safeParse(text).success;
}
