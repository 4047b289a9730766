import { mayAnywhere } from '@/lib/domain/ability';
import { isLed } from '@/lib/domain/notice/audience';
import { getsAlert, getsReport, leads } from '@/lib/domain/notice/recipients';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId, UserActor } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { canSendMail } from '@/lib/platform/mail';
import type { AlertsOf, OwnMails } from '../types';
import { audienceOf } from './audience';
import { undelivered } from './undelivered';

/** What somebody gets by mail, where mails are sent, and when they want none. */
export async function getOwnMails(
  orgId: OrgId,
  { personId, grants }: Pick<UserActor, 'personId' | 'grants'>,
): Promise<OwnMails> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const { readers } = await audienceOf(tx, orgId);
    const own = readers.find(({ id }) => id === personId)?.choices ?? [];
    const choice = (kind: string, team: string) =>
      own.find((one) => one.kind === kind && one.team === team)?.wants ?? null;
    const ofAll = choice('alert', '');
    const person = await tx.person.findUnique({ where: { orgId_id: { orgId, id: personId } } });
    const hours = await tx.quietHours.findUnique({ where: { orgId_personId: { orgId, personId } } });
    return {
      canSend: canSendMail(),
      email: person?.email ?? null,
      choices: [
        {
          team: '',
          name: 'The organisation',
          report: getsReport(grants, '', choice('report', '')),
          alert: ofAll === true,
        },
        ...names.teams.map(({ slug: team, name }) => ({
          team,
          name,
          report: getsReport(grants, team, choice('report', team)),
          alert: getsAlert(
            grants,
            { team, isLed: isLed(team, readers) },
            { ofTeam: choice('alert', team), ofAll },
          ),
        })),
      ],
      alertsOf: alertsOf(ofAll, leads(grants, '')),
      leadsAll: leads(grants, ''),
      digest: choice('digest', '') === true,
      mayDecide: mayAnywhere(grants, 'decideGears'),
      quietHours: hours && {
        from: timeOfDay(hours.fromMinute),
        to: timeOfDay(hours.toMinute),
        zone: hours.zone,
      },
      deliveries: await undelivered(tx, orgId, names, 'person'),
    };
  });
}

function alertsOf(ofAll: boolean | null, leadsAll: boolean): AlertsOf {
  if (ofAll === null) return leadsAll ? 'unled' : 'none';
  return ofAll ? 'all' : 'none';
}

function timeOfDay(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
