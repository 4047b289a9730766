import { firstOf } from '@/components/layout/params';
import type { AuditFilters } from '@/lib/audit/types';
import { calendarDay } from '@/lib/domain/calendar-day';

type Query = Record<string, string | string[] | undefined>;

/** Reads the filters of the audit page from the URL; what is not a date narrows nothing. */
export function readAuditFilters({ who, act, target, from, to }: Query): AuditFilters {
  const texts = Object.entries({ who, act, target }).map(([key, value]) => [
    key,
    firstOf(value)?.slice(0, 500),
  ]);
  const days = Object.entries({ from, to })
    .map(([key, value]) => [key, firstOf(value)])
    .filter(([, day]) => calendarDay('').safeParse(day).success);
  return Object.fromEntries([...texts, ...days].filter(([, value]) => value !== undefined));
}
