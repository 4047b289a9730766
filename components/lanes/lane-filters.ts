import { verdictWord } from '@/components/gear/verdict-words';
import { firstOf } from '@/components/layout/params';
import { GEARS, type Gear } from '@/lib/domain/gear';
import type { LaneFilters, LaneSort, VerdictKind } from '@/lib/lanes/types';

type Query = Record<string, string | string[] | undefined>;

const sorts = ['team', 'category', 'gear', 'proven', 'decided', 'reviewed'] as const satisfies LaneSort[];

function among<T extends string>(values: readonly T[], value: string | undefined): T | undefined {
  return values.find((candidate) => candidate === value);
}

/** Reads the filters of the lanes table from the URL; what is not known is left out. */
export function readLaneFilters(query: Query): LaneFilters {
  const team = firstOf(query.team);
  const category = firstOf(query.category);
  const gear = among<Gear>(GEARS, firstOf(query.gear));
  const verdict = among(Object.keys(verdictWord) as VerdictKind[], firstOf(query.verdict));
  const sort = among(sorts, firstOf(query.sort));
  return {
    ...(team && { team }),
    ...(category && { category }),
    ...(gear && { gear }),
    ...(verdict && { verdict }),
    ...(sort && { sort }),
    ...(firstOf(query.order) === 'down' && { descending: true }),
  };
}

export function queryOfFilters({ descending, ...rest }: LaneFilters): Record<string, string | undefined> {
  return { ...rest, order: descending ? 'down' : undefined };
}
