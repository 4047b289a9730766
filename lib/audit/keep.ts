import type { AuditReport } from '@/lib/domain/audit/verify-record';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { logger } from '@/lib/platform/logger';
import type { SafeFetch } from '@/lib/platform/safe-fetch';
import { CHECKPOINT_EVERY_MS, signCheckpoint } from './checkpoint';
import { deliverToFile, deliverToWebhook } from './deliver';
import { pruneAudit } from './prune';
import { verifyStored } from './verify-stored';

const DAY_MS = 86_400_000;

/** Looks after one organisation's record: signs, hands out, verifies, prunes, each when it is time. @returns when to look again */
export async function keepAudit(orgId: OrgId, clock: Clock, testing?: SafeFetch['testing']): Promise<Date> {
  const now = clock.now();
  const { last, size } = await signCheckpoint(orgId, clock);
  await deliverToFile(orgId, now);
  const webhookAt = await deliverToWebhook(orgId, now, testing);
  const keeping = await inOrg(orgId, (tx) => tx.auditKeeping.findUniqueOrThrow({ where: { orgId } }));
  const isOld = (at: Date | null) => at === null || at > now || at.getTime() + DAY_MS <= now.getTime();
  if (isOld(keeping.prunedAt)) await pruneAudit(orgId, clock);
  if (isOld(keeping.verifiedAt)) await verifyAndNote(orgId, clock);
  const unsigned = last !== null && size > last.size ? last.at.getTime() + CHECKPOINT_EVERY_MS : null;
  const daily =
    Math.min(
      ...[keeping.prunedAt, keeping.verifiedAt].map((at) => (isOld(at) ? now : (at ?? now)).getTime()),
    ) + DAY_MS;
  return new Date(Math.min(daily, unsigned ?? daily, webhookAt?.getTime() ?? daily));
}

/** Verifies the record in the database and keeps the result, which the audit page shows. */
export async function verifyAndNote(orgId: OrgId, clock: Clock): Promise<AuditReport> {
  const report = await verifyStored(orgId);
  const { to, problem } = report;
  if (problem) logger().error({ orgId, problem }, 'the audit log does not verify');
  const noted = { verifiedAt: clock.now(), verifiedSize: to, verifiedProblem: problem?.message ?? null };
  await inOrg(orgId, (tx) =>
    tx.auditKeeping.upsert({ where: { orgId }, create: { orgId, ...noted }, update: noted }),
  );
  return report;
}
