import type { Audience } from '@/lib/domain/notice/audience';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { grantsOf } from '@/lib/sessions/actor';

/** Everybody of an organisation who may be told something, with what they said about it. */
export async function audienceOf(tx: Tx, orgId: OrgId): Promise<Audience> {
  const people = await tx.person.findMany({
    where: { orgId, removedAt: null },
    select: { id: true, email: true, grants: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const choices = Map.groupBy(await tx.mailChoice.findMany({ where: { orgId } }), ({ personId }) => personId);
  const schedules = await tx.reportSchedule.findMany({ where: { orgId } });
  const channels = await tx.channel.findMany({
    where: { orgId },
    select: { id: true, team: true, gets: true, isOn: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return {
    readers: people.map(({ id, email, grants }) => ({
      id,
      hasAddress: email !== null,
      grants: grantsOf(grants),
      choices: choices.get(id) ?? [],
    })),
    channels,
    mailsOn: new Map(schedules.map(({ team, isSent }) => [team, isSent])),
  };
}
