import type { z } from 'zod';
import { type Alarm, missingInWords } from '@/lib/domain/audit/alarm';
import { ACKNOWLEDGED_ACT, type Loss } from '@/lib/domain/audit/loss';
import { allow } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { compareLog } from './alarm';
import { signCheckpoint } from './checkpoint';
import { type KeptAlarm, openAlarm } from './data/alarms';
import { lockKeeping } from './keeping';
import { type KnownHead, lossesOf, type OutsideHead, outsideHeads } from './known-heads';
import { recordAudit } from './record';
import type { acknowledgeSchema } from './schema';

/** What was acknowledged, in a sentence. */
export type Acknowledged = { loss: Loss | null; sentence: string };

/** An owner takes note that the log does not match its proof, and says why; from then on it is signed again. */
export async function acknowledgeAuditAlarm(
  ctx: Ctx,
  { reason }: z.infer<typeof acknowledgeSchema>,
): Promise<Acknowledged> {
  await allow(ctx, 'acknowledgeAuditAlarm');
  const done = await acknowledgeShorterLog(ctx, reason);
  if (done === null)
    throw new AppError('conflict', 'The audit log has no open alarm: there is nothing to acknowledge.');
  return done;
}

/**
 * For whoever has knowingly put an earlier log in place, as a restore of a backup does: an open alarm, or one that would be raised now,
 * is acknowledged by an entry that names what is missing; the log is signed again at once. The caller has asked who may.
 * @returns null when the log agrees with all that is known of it, and nothing was written
 */
export async function acknowledgeShorterLog(ctx: Ctx, reason: string): Promise<Acknowledged | null> {
  const { orgId, clock } = ctx;
  const outside = await outsideHeads(orgId);
  const done = await inOrg(orgId, async (tx) => {
    await lockKeeping(tx, orgId);
    return acknowledge(tx, ctx, reason, outside);
  });
  if (done !== null) await signCheckpoint(orgId, clock, 0);
  return done;
}

async function acknowledge(
  tx: Tx,
  ctx: Ctx,
  reason: string,
  outside: readonly OutsideHead[],
): Promise<Acknowledged | null> {
  const { orgId, clock, actor } = ctx;
  const open = await openAlarm(tx, orgId);
  // What is missing by now: more may be known than when it was found, or the log may have been put right.
  const conflict = await compareLog(tx, orgId, outside, open === null ? [] : knownBy(open));
  const alarm = conflict ?? open;
  if (alarm === null) return null;
  const loss = conflict && { ...lossOf(conflict), number: (await lossesOf(tx, orgId)).length + 1 };
  const found = { code: alarm.code, place: alarm.place, problem: alarm.problem, headSize: alarm.headSize };
  const data = {
    knownSize: alarm.knownSize,
    knownRoot: alarm.knownRoot,
    agreedSize: alarm.agreedSize,
    acknowledgedAt: clock.now(),
    acknowledgedBy: actor.name,
    reason,
    loss: loss?.number ?? null,
  };
  if (open === null)
    await tx.auditAlarm.create({ data: { orgId, id: newId(), foundAt: clock.now(), ...found, ...data } });
  else await tx.auditAlarm.update({ where: { orgId_id: { orgId, id: open.id } }, data });
  if (loss !== null) await handOutAnew(tx, ctx, loss);
  await recordAudit(tx, ctx, {
    act: ACKNOWLEDGED_ACT,
    target: 'audit',
    before: {
      alarm: open?.code ?? alarm.code,
      problem: open?.problem,
      headSize: open?.headSize ?? alarm.headSize,
    },
    after: { loss },
    reason,
  });
  const sentence =
    loss === null ? 'No entry that is known is missing.' : missingInWords(loss.agreedUpTo, loss.signedUpTo);
  return { loss, sentence };
}

/** What an alarm is about may be known to the process alone that raised it. */
function knownBy({ code, place, knownSize, knownRoot }: KeptAlarm): KnownHead[] {
  if (code === 'unverified') return [];
  return [{ place, size: knownSize, losses: 0, root: knownRoot && Buffer.from(knownRoot) }];
}

function lossOf({ agreedSize, knownSize }: Alarm): Omit<Loss, 'number'> {
  return { agreedUpTo: agreedSize, signedUpTo: knownSize };
}

/**
 * What was sent of the lost entries is sent no more, and what is signed in their place is sent. What verification said was about the
 * log without the entry that acknowledges, so it is due again.
 */
async function handOutAnew(tx: Tx, { orgId }: Ctx, { agreedUpTo }: Loss): Promise<void> {
  await tx.$executeRaw`
    UPDATE audit_keeping SET file_size = least(file_size, ${agreedUpTo}::bigint), webhook_size = least(webhook_size, ${agreedUpTo}::bigint),
      verified_size = least(verified_size, ${agreedUpTo}::bigint), verified_at = NULL, verified_problem = NULL
    WHERE org_id = ${orgId}::uuid`;
}
