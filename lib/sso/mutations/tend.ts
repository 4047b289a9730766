import { resealAuditKey } from '@/lib/audit/signing';
import { resealChannels } from '@/lib/outbox/mutations/reseal';
import type { Clock } from '@/lib/platform/clock';
import { clockTrouble } from '@/lib/platform/clock-watch';
import { type Ctx, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, inWorkList } from '@/lib/platform/db';
import { isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { logger } from '@/lib/platform/logger';
import { checkDomain } from './domains';
import { resealConnections } from './reseal';

const DAY_MS = 24 * 3_600_000;

/**
 * Asks DNS again for the proof of every claimed domain that nobody has asked for in a day, forgets sign-ins that are over, and seals
 * secrets anew where AUTH_SECRET was replaced. Doing it twice, in two processes, does no harm. Nothing runs out while the time is in
 * doubt. @returns how many domains were asked for
 */
export async function tendSignIn(clock: Clock): Promise<number> {
  if (await clockTrouble(clock)) return 0;
  // Every organisation has an audit log, and its name on that work list.
  const organisations = await inWorkList((tx) => tx.auditDue.findMany({ select: { orgId: true } }));
  let asked = 0;
  for (const { orgId: id } of organisations) {
    const now = clock.now();
    const orgId = vouchForOrg(id);
    const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'domains' }, clock, requestId: newId() };
    const due = await inOrg(orgId, async (tx) => {
      await tx.signInAttempt.deleteMany({
        where: { orgId, expiresAt: { lt: new Date(now.getTime() - DAY_MS) } },
      });
      await tx.usedAssertion.deleteMany({ where: { orgId, expiresAt: { lt: now } } });
      const asked = new Date(now.getTime() - DAY_MS);
      return tx.emailDomain.findMany({
        where: { orgId, OR: [{ checkedAt: null }, { checkedAt: { lte: asked } }] },
        select: { domain: true },
      });
    });
    await resealConnections(orgId);
    await resealChannels(orgId);
    await resealAuditKey(orgId);
    for (const { domain } of due)
      await checkDomain(ctx, domain).catch((error: unknown) => {
        if (!isAppError(error) || error.status >= 500) throw error;
        logger().info({ orgId, domain, reason: error.message }, 'a domain is not verified');
      });
    asked += due.length;
  }
  return asked;
}
