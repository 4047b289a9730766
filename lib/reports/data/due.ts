import { type IsoWeek, parseWeek, type Schedule } from '@/lib/domain/report/iso-week';
import { DEFAULT_SCHEDULE, type DueReport, planReports, type Reporting } from '@/lib/domain/report/plan';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';

/** What is to be frozen of an organisation now, and when to look again. */
export async function findDueReports(orgId: OrgId, now: Date): Promise<{ due: DueReport[]; nextAt: Date }> {
  const reportings = await inOrg(orgId, (tx) => listReportings(tx, orgId));
  const { due, nextAt } = planReports(reportings, now.getTime());
  return { due, nextAt: new Date(nextAt) };
}

/** When the reports of a team (or, with '', of the organisation) are due; refuses a team that there is not. */
export async function scheduleOf(orgId: OrgId, team: string): Promise<Schedule> {
  const all = await inOrg(orgId, (tx) => listReportings(tx, orgId));
  const found = all.find((reporting) => reporting.team === team);
  if (!found) throw new AppError('not_found', `There is no team ${team}.`);
  return found.schedule;
}

async function listReportings(tx: Tx, orgId: OrgId): Promise<Reporting[]> {
  const { createdAt } = await tx.organisation.findUniqueOrThrow({
    where: { orgId },
    select: { createdAt: true },
  });
  const teams = await tx.team.findMany({ where: { orgId }, select: { slug: true, createdAt: true } });
  const schedules = new Map<string, Schedule>(
    (await tx.reportSchedule.findMany({ where: { orgId } })).map(({ team, weekday, hour, minute, zone }) => [
      team,
      { weekday, hour, minute, zone },
    ]),
  );
  const latest = await tx.report.groupBy({
    by: ['team'],
    where: { orgId, voided: null },
    _max: { week: true },
  });
  const lastFrozen = new Map(latest.map(({ team, _max }) => [team, weekOrNull(_max.week)]));
  const failures = Map.groupBy(await tx.reportFailure.findMany({ where: { orgId } }), ({ team }) => team);
  const all = [{ slug: '', createdAt }, ...teams];
  return all.map(({ slug, createdAt: since }) => ({
    team: slug,
    schedule: schedules.get(slug) ?? schedules.get('') ?? DEFAULT_SCHEDULE,
    since: since.getTime(),
    lastFrozen: lastFrozen.get(slug) ?? null,
    failures: (failures.get(slug) ?? []).flatMap(({ week, nextTryAt }) => {
      const parsed = parseWeek(week);
      return parsed ? [{ week: parsed, nextTryAt: nextTryAt.getTime() }] : [];
    }),
  }));
}

function weekOrNull(week: string | null): IsoWeek | null {
  return week === null ? null : parseWeek(week);
}
