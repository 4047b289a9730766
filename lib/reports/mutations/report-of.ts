import { addWeeks, boundsOf, type IsoWeek, weekAt } from '@/lib/domain/report/iso-week';
import { troubleInWords } from '@/lib/platform/clock-judge';
import { clockTrouble } from '@/lib/platform/clock-watch';
import type { Ctx } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';
import { scheduleOf } from '../data/due';
import { getReport } from '../data/reports';
import type { FrozenReport } from '../types';
import { freezeReports } from './freeze';

/** No event may be older. */
const FIRST_EVIDENCE = Date.UTC(2000, 0, 1);

/**
 * The report of a week that is over, computed from the record and frozen where it is not yet. `team`: its slug, '' for the organisation;
 * without a week, the last one.
 */
export async function reportOf(
  ctx: Ctx,
  { week: asked, team }: { week: IsoWeek | undefined; team: string },
): Promise<FrozenReport> {
  const { orgId, clock } = ctx;
  const { zone } = await scheduleOf(orgId, team);
  // Known before the time is asked for: it decides what the last week is.
  const trouble = await clockTrouble(clock);
  const now = clock.now().getTime();
  const week = asked ?? addWeeks(weekAt(now, zone), -1);
  const known = await getReport(orgId, week, team);
  if (known && !known.voided) return known;
  if (trouble) throw new AppError('conflict', troubleInWords(trouble));
  const { to } = boundsOf(week, zone);
  if (to <= FIRST_EVIDENCE) throw new AppError('invalid', `${week} lies before 2000, where evidence begins.`);
  if (to > now)
    throw new AppError('invalid', `${week} is not over yet (in ${zone}): a report is of a whole week.`);
  await freezeReports(ctx, [{ team, week, zone }]);
  const frozen = await getReport(orgId, week, team);
  if (!frozen || frozen.voided)
    throw new AppError('internal', 'The report could not be computed; the log says why.');
  return frozen;
}
