import { recordAudit } from '@/lib/audit/record';
import type { Clock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { readUnsubscribing } from '../unsubscribe';

/** Ends a report's mails for whoever got the link. Twice is the same as once; one of somebody who has left changes nothing. */
export async function unsubscribe(of: string, clock: Clock, requestId: string): Promise<void> {
  const who = readUnsubscribing(of);
  if (!who) throw new AppError('bad_request', 'This link is none of Gait’s, or was cut.');
  const { orgId, personId, team } = who;
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'unsubscribe link' }, clock, requestId };
  await inOrg(orgId, async (tx) => {
    const key = { orgId, personId, team };
    const before = await tx.reportChoice.findUnique({ where: { orgId_personId_team: key } });
    const person = await tx.person.findUnique({ where: { orgId_id: { orgId, id: personId } } });
    if (!person || before?.wants === false) return;
    await tx.reportChoice.upsert({
      where: { orgId_personId_team: key },
      create: { ...key, wants: false },
      update: { wants: false },
    });
    await recordAudit(tx, ctx, {
      act: 'report.unsubscribed',
      target: `person:${personId}`,
      after: { team: team === '' ? null : team },
    });
  });
}
