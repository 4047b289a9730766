import { DEFAULT_SCHEDULE } from '@/lib/domain/report/plan';
import { getsReport } from '@/lib/domain/report/recipients';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId, UserActor } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { canSendMail } from '@/lib/platform/mail';
import type { ReportSettings, ScheduleRow } from '../types';

const DELIVERIES_SHOWN = 50;

/** When reports are due, who gets them, and what did not get through; of the choices, the reader's own. */
export async function getReportSettings(
  orgId: OrgId,
  { personId, grants }: Pick<UserActor, 'personId' | 'grants'>,
): Promise<ReportSettings> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const nameOf = (slug: string) => (slug === '' ? null : { slug, name: names.team(slug) });
    const rows = await tx.reportSchedule.findMany({ where: { orgId }, orderBy: { team: 'asc' } });
    const schedules = rows.map(
      ({ team, orgId: _, ...schedule }): ScheduleRow => ({ team: nameOf(team), ...schedule }),
    );
    const hasOwn = schedules.some(({ team }) => team === null);
    const choices = new Map(
      (await tx.reportChoice.findMany({ where: { orgId, personId } })).map(({ team, wants }) => [
        team,
        wants,
      ]),
    );
    const person = await tx.person.findUnique({
      where: { orgId_id: { orgId, id: personId } },
      select: { email: true },
    });
    const deliveries = await tx.delivery.findMany({
      where: { orgId, OR: [{ status: 'dead' }, { status: 'waiting', attempts: { gt: 0 } }] },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: DELIVERIES_SHOWN,
    });
    const people = await tx.person.findMany({
      where: { orgId, id: { in: deliveries.map((row) => row.personId) } },
      select: { id: true, name: true },
    });
    const personName = new Map(people.map(({ id, name }) => [id, name]));
    return {
      canSend: canSendMail(),
      email: person?.email ?? null,
      teams: names.teams,
      schedules: hasOwn ? schedules : [{ team: null, ...DEFAULT_SCHEDULE, isSent: false }, ...schedules],
      choices: [{ slug: '', name: 'The organisation' }, ...names.teams].map(({ slug, name }) => ({
        team: slug,
        name,
        wants: getsReport(grants, slug, choices.get(slug) ?? null),
      })),
      deliveries: deliveries.map(({ id, week, team, personId: to, status, attempts, error, nextTryAt }) => ({
        id,
        week,
        team: nameOf(team),
        person: personName.get(to) ?? to,
        isDead: status === 'dead',
        attempts,
        error: error ?? '',
        nextTryAt: nextTryAt.toISOString(),
      })),
    };
  });
}
