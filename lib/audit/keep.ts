import type { Alarm } from '@/lib/domain/audit/alarm';
import type { AuditReport } from '@/lib/domain/audit/verify-record';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { logger } from '@/lib/platform/logger';
import type { SafeFetch } from '@/lib/platform/safe-fetch';
import { checkLog, raiseUnverified } from './alarm';
import { CHECKPOINT_EVERY_MS, signCheckpoint } from './checkpoint';
import { deliverToFile, deliverToWebhook } from './deliver';
import { lockKeeping } from './keeping';
import { largestOf, lossesOf, type OutsideHead, outsideHeads, standingOutside } from './known-heads';
import { pruneAudit } from './prune';
import { verifyStored } from './verify-stored';

const DAY_MS = 86_400_000;

/** Looks after one organisation's record: signs, hands out, verifies, prunes, each when it is time. @returns when to look again */
export async function keepAudit(orgId: OrgId, clock: Clock, testing?: SafeFetch['testing']): Promise<Date> {
  const now = clock.now();
  const { last, size, alarm } = await signCheckpoint(orgId, clock);
  // While the log does not match its proof, nothing leaves, and nothing of it goes.
  if (alarm === null) await deliverToFile(orgId, now);
  const webhookAt = alarm === null ? await deliverToWebhook(orgId, now, testing) : null;
  const keeping = await inOrg(orgId, (tx) => tx.auditKeeping.findUniqueOrThrow({ where: { orgId } }));
  const isOld = (at: Date | null) => at === null || at > now || at.getTime() + DAY_MS <= now.getTime();
  if (alarm === null && isOld(keeping.prunedAt)) await pruneAudit(orgId, clock);
  if (isOld(keeping.verifiedAt)) await verifyAndNote(orgId, clock);
  const unsigned =
    alarm === null && last !== null && size > last.size ? last.at.getTime() + CHECKPOINT_EVERY_MS : null;
  const daily =
    Math.min(
      ...[keeping.prunedAt, keeping.verifiedAt].map((at) => (isOld(at) ? now : (at ?? now)).getTime()),
    ) + DAY_MS;
  return new Date(Math.min(daily, unsigned ?? daily, webhookAt?.getTime() ?? daily));
}

/**
 * Verifies the record in the database, against itself and against all that is known of it, and keeps the result, which the audit page
 * shows. What does not verify raises the alarm.
 */
export async function verifyAndNote(
  orgId: OrgId,
  clock: Clock,
): Promise<AuditReport & { alarm: Alarm | null }> {
  const outside = await outsideHeads(orgId);
  const report = await verifyTwice(orgId, outside);
  const { to, problem } = report;
  if (problem) logger().error({ orgId, problem }, 'the audit log does not verify');
  const alarm = await inOrg(orgId, async (tx) => {
    await lockKeeping(tx, orgId);
    const found =
      (await checkLog(tx, orgId, outside, clock)) ?? (await raiseUnverified(tx, orgId, report, clock));
    const verified = { verifiedAt: clock.now(), verifiedProblem: problem?.message ?? null };
    // How far it was once verified is proof as well, which a log that has become shorter must not take away.
    await tx.auditKeeping.update({
      where: { orgId },
      data: { ...verified, ...(problem === null && found === null && { verifiedSize: to }) },
    });
    return found;
  });
  return { ...report, alarm };
}

/** Retention may take entries away while they are read, which looks like a gap: what does not verify is read once more. */
async function verifyTwice(orgId: OrgId, outside: readonly OutsideHead[]): Promise<AuditReport> {
  const checkpoints = await inOrg(orgId, async (tx) => {
    const standing = await standingOutside(tx, orgId, outside, await lossesOf(tx, orgId));
    // Whatever agrees with the largest agrees with those before it.
    return largestOf(standing).map(({ checkpoint }) => checkpoint);
  });
  const report = await verifyStored(orgId, { outside: checkpoints });
  return report.ok ? report : verifyStored(orgId, { outside: checkpoints });
}
