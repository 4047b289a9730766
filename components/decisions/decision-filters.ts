import { firstOf } from '@/components/layout/params';
import type { DecisionFilters } from '@/lib/decisions/types';

/** Reads the team and the page of each list from the URL. */
export function readDecisionFilters(query: Record<string, string | string[] | undefined>): DecisionFilters {
  const { team, waiting, log, closed } = query;
  return { team: firstOf(team), waiting: firstOf(waiting), log: firstOf(log), closed: firstOf(closed) };
}
