import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** Whoever has taken something has it for ten minutes: what they hold is left to them. */
const BEYOND_LEASES_MS = 660_000;
const DAY_MS = 86_400_000;

/** Work lists of all organisations: looking at one too early does no harm. */
export async function pullBackWorkLists(tx: Tx, now: Date): Promise<void> {
  const later = { dueAt: { gt: new Date(now.getTime() + BEYOND_LEASES_MS) } };
  await tx.auditDue.updateMany({ where: later, data: { dueAt: now } });
  await tx.reportDue.updateMany({ where: later, data: { dueAt: now } });
  await tx.deliveryDue.updateMany({ where: later, data: { dueAt: now } });
  await tx.laneDue.updateMany({ where: { dueAt: { gt: now } }, data: { dueAt: now } });
  await tx.projectionWork.updateMany({ where: { parkedUntil: { gt: now } }, data: { parkedUntil: null } });
  // Nobody is told to wait for longer than an hour.
  await tx.rateLimit.deleteMany({ where: { expire: { gt: BigInt(now.getTime() + DAY_MS) } } });
}

/** What an organisation is to do again, or has done "already" at a time that has not come yet. */
export async function pullBackWork(tx: Tx, orgId: OrgId, now: Date): Promise<void> {
  const later = { gt: now };
  await tx.reportFailure.updateMany({ where: { orgId, nextTryAt: later }, data: { nextTryAt: now } });
  await tx.delivery.updateMany({
    where: { orgId, status: 'waiting', nextTryAt: { gt: new Date(now.getTime() + BEYOND_LEASES_MS) } },
    data: { nextTryAt: now },
  });
  // The morning of that day is still to come, and wants its digest.
  await tx.delivery.deleteMany({ where: { orgId, kind: 'digest', createdAt: later } });
  for (const at of ['prunedAt', 'verifiedAt', 'webhookNextAt'] as const)
    await tx.auditKeeping.updateMany({ where: { orgId, [at]: later }, data: { [at]: null } });
  await tx.emailDomain.updateMany({ where: { orgId, checkedAt: later }, data: { checkedAt: now } });
  await tx.emailDomain.updateMany({ where: { orgId, missingSince: later }, data: { missingSince: now } });
}
