import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import type { Ctx, UserActor } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import type { chooseMailSchema, quietHoursSchema } from '../schema';
import { makeDue } from './enqueue';

/** @throws AppError `forbidden` for whoever is no person */
export function personOf({ actor }: Ctx): UserActor {
  if (actor.kind !== 'user') throw new AppError('forbidden', 'This is for people.');
  return actor;
}

/** Says whether one gets a kind of mail about a team, or ('') about the organisation; null: says no more about it. */
export async function chooseMail(
  ctx: Ctx,
  { kind, team, wants }: z.infer<typeof chooseMailSchema>,
): Promise<void> {
  const { orgId } = ctx;
  const { personId } = personOf(ctx);
  await inOrg(orgId, async (tx) => {
    const key = { orgId, personId, kind, team };
    if (wants === null) await tx.mailChoice.deleteMany({ where: key });
    else
      await tx.mailChoice.upsert({
        where: { orgId_personId_kind_team: key },
        create: { ...key, wants },
        update: { wants },
      });
    await recordAudit(tx, ctx, {
      act: 'mail.chosen',
      target: `person:${personId}`,
      after: { kind, team: team === '' ? null : team, wants },
    });
  });
}

/** Says when one wants no mail. What waited for the end of the hours before is looked at anew. @param hours null for: at no time */
export async function setQuietHours(ctx: Ctx, hours: z.infer<typeof quietHoursSchema> | null): Promise<void> {
  const { orgId, clock } = ctx;
  const { personId } = personOf(ctx);
  await inOrg(orgId, async (tx) => {
    const key = { orgId, personId };
    await tx.quietHours.deleteMany({ where: key });
    if (hours) {
      const { from, to, zone } = hours;
      await tx.quietHours.create({ data: { ...key, fromMinute: from, toMinute: to, zone } });
    }
    const now = clock.now();
    const { count } = await tx.delivery.updateMany({
      where: {
        orgId,
        recipient: 'person',
        recipientId: personId,
        status: 'waiting',
        // Others have failed, or are being sent.
        attempts: 0,
        nextTryAt: { gt: now },
      },
      data: { nextTryAt: now },
    });
    if (count > 0) await makeDue(tx, orgId, now);
    await recordAudit(tx, ctx, { act: 'mail.quiet_hours', target: `person:${personId}`, after: hours });
  });
}
