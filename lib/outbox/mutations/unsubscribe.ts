import { recordAudit } from '@/lib/audit/record';
import type { Clock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { incidentOf } from '../data/incident-news';
import { readUnsubscribing, type Unsubscribing } from '../unsubscribe';

/** Ends mails for whoever got the link. Twice is the same as once; one of somebody who has left changes nothing. */
export async function unsubscribe(of: string, clock: Clock, requestId: string): Promise<void> {
  const who = readUnsubscribing(of);
  if (!who) throw new AppError('bad_request', 'This link is none of Gait’s, or was cut.');
  const { orgId, personId, kind } = who;
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'unsubscribe link' }, clock, requestId };
  await inOrg(orgId, async (tx) => {
    const person = await tx.person.findUnique({ where: { orgId_id: { orgId, id: personId } } });
    const teams = await teamsOf(tx, who);
    const where = { orgId, personId, kind, team: { in: teams } };
    const ended = await tx.mailChoice.count({ where: { ...where, wants: false } });
    if (!person || ended === teams.length) return;
    await tx.mailChoice.deleteMany({ where });
    await tx.mailChoice.createMany({
      data: teams.map((team) => ({ orgId, personId, kind, team, wants: false })),
    });
    await recordAudit(tx, ctx, {
      act: 'mail.unsubscribed',
      target: `person:${personId}`,
      after: { kind, teams: teams.map((team) => (team === '' ? null : team)) },
    });
  });
}

/** What is known of the delivery now; where that is nothing any more, all teams. */
async function teamsOf(tx: Tx, who: Unsubscribing): Promise<string[]> {
  if ('teams' in who) return who.teams;
  const { orgId, deliveryId: id } = who;
  const delivery = await tx.delivery.findUnique({ where: { orgId_id: { orgId, id } } });
  const incident = delivery && (await incidentOf(tx, orgId, delivery.key));
  return incident?.teams ?? [''];
}
