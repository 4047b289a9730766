import { DEFAULT_SCHEDULE } from '@/lib/domain/report/plan';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { canSendMail } from '@/lib/platform/mail';
import type { ReportSettings, ScheduleRow } from '../types';

/** When reports are due, and for whom mails are sent. */
export async function getReportSettings(orgId: OrgId): Promise<ReportSettings> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const nameOf = (slug: string) => (slug === '' ? null : { slug, name: names.team(slug) });
    const rows = await tx.reportSchedule.findMany({ where: { orgId }, orderBy: { team: 'asc' } });
    const schedules = rows.map(
      ({ team, orgId: _, ...schedule }): ScheduleRow => ({ team: nameOf(team), ...schedule }),
    );
    const hasOwn = schedules.some(({ team }) => team === null);
    return {
      canSend: canSendMail(),
      teams: names.teams,
      schedules: hasOwn ? schedules : [{ team: null, ...DEFAULT_SCHEDULE, isSent: false }, ...schedules],
    };
  });
}
