import type { z } from 'zod';
import { alarmTitle, explainAlarm } from '@/lib/domain/audit/alarm';
import { plural } from '@/lib/domain/plural';
import { allow } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError, isAppError, refusedFields } from '@/lib/platform/errors';
import { checkedUrl } from '@/lib/platform/safe-fetch';
import { verifyAndNote } from './keep';
import { lockKeeping } from './keeping';
import { lossesOf, notLost } from './known-heads';
import { recordAudit } from './record';
import type { retentionSchema, webhookSchema } from './schema';

/** Sets where signed checkpoints are sent to; null = nowhere. The latest one goes there at once. */
export async function setAuditWebhook(ctx: Ctx, { url }: z.infer<typeof webhookSchema>): Promise<void> {
  await allow(ctx, 'keepAudit');
  if (url !== null) refuseInside(url);
  const { orgId } = ctx;
  await inOrg(orgId, async (tx) => {
    await lockKeeping(tx, orgId);
    const before = await tx.auditKeeping.findUniqueOrThrow({ where: { orgId } });
    if (before.webhookUrl === url) return;
    const latest = await tx.auditCheckpoint.aggregate({
      where: { orgId, ...notLost(await lossesOf(tx, orgId)) },
      _max: { size: true },
    });
    const webhookSize = latest._max.size === null ? 0n : latest._max.size - 1n;
    const fresh = { webhookFailures: 0, webhookError: null, webhookSentAt: null, webhookNextAt: null };
    await tx.auditKeeping.update({ where: { orgId }, data: { webhookUrl: url, webhookSize, ...fresh } });
    await recordAudit(tx, ctx, {
      act: 'audit.webhook_set',
      target: 'audit',
      before: { url: before.webhookUrl },
      after: { url },
    });
  });
}

/** What can be known of an address before its name is resolved is said at the field. */
function refuseInside(url: string): void {
  try {
    checkedUrl(url);
  } catch (error) {
    if (isAppError(error)) throw refusedFields({ url: [error.message] });
    throw error;
  }
}

/** Sets for how many days entries are kept. */
export async function setAuditRetention(ctx: Ctx, { days }: z.infer<typeof retentionSchema>): Promise<void> {
  await allow(ctx, 'keepAudit');
  const { orgId } = ctx;
  await inOrg(orgId, async (tx) => {
    await lockKeeping(tx, orgId);
    const { retentionDays } = await tx.auditKeeping.findUniqueOrThrow({ where: { orgId } });
    if (retentionDays === days) return;
    await tx.auditKeeping.update({ where: { orgId }, data: { retentionDays: days } });
    await recordAudit(tx, ctx, {
      act: 'audit.retention_set',
      target: 'audit',
      before: { days: retentionDays },
      after: { days },
    });
  });
}

/** Verifies the whole chain now. @returns what came out, in one sentence */
export async function verifyAuditNow(ctx: Ctx): Promise<string> {
  await allow(ctx, 'readAudit');
  const { ok, entries, to, problem, alarm } = await verifyAndNote(ctx.orgId, ctx.clock);
  if (alarm !== null && alarm.code !== 'unverified')
    throw new AppError('conflict', `${alarmTitle(alarm)}. ${explainAlarm(alarm)}`);
  if (!ok) throw new AppError('conflict', `The record is not what was written. ${problem?.message ?? ''}`);
  if (alarm !== null)
    throw new AppError('conflict', `An alarm is open that nobody has acknowledged. ${explainAlarm(alarm)}`);
  return `Verified: ${plural(entries, 'entry', 'entries')} up to entry ${to}, none missing, none changed.`;
}
