import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import type { resendSchema } from '../schema';
import { makeDue } from './enqueue';

/** Tries a dead delivery again, from the beginning. */
export async function resendDelivery(
  ctx: Ctx,
  { delivery: id }: z.infer<typeof resendSchema>,
): Promise<void> {
  const { orgId, clock } = ctx;
  await inOrg(orgId, async (tx) => {
    const found = await tx.delivery.findUnique({ where: { orgId_id: { orgId, id } } });
    await allow(ctx, 'scheduleReports', { team: found?.team || null, tx });
    if (!found) throw new AppError('not_found', 'There is no such delivery.');
    const { count } = await tx.delivery.updateMany({
      where: { orgId, id, status: 'dead' },
      data: { status: 'waiting', attempts: 0, error: null, closedAt: null, nextTryAt: clock.now() },
    });
    if (count === 0)
      throw new AppError('conflict', `This delivery is ${found.status}: there is nothing to send again.`);
    await makeDue(tx, orgId, clock.now());
    const { kind, key, team, recipient, recipientId } = found;
    await recordAudit(tx, ctx, {
      act: 'delivery.sent_again',
      target: `${recipient}:${recipientId}`,
      after: { kind, key, team: team === '' ? null : team },
    });
  });
}
