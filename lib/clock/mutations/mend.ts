import { recordAudit } from '@/lib/audit/record';
import type { Clock } from '@/lib/platform/clock';
import { findSetBack, noteMended, type SetBack } from '@/lib/platform/clock-runs';
import { type Ctx, type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, inWorkList, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { logger } from '@/lib/platform/logger';
import { voidEarlyReports } from '@/lib/reports/mutations/void-early';
import { pullBackAccess } from './pull-back-access';
import { pullBackWork, pullBackWorkLists } from './pull-back-work';

const MINUTE_MS = 60_000;

/**
 * Mends what was written under a time that has not come yet, once after the clock was set back: what waits for that time is done now, what
 * was given until then lasts as long as it was meant to, and reports of weeks that are not over are void. Doing it twice changes nothing.
 */
export async function mendTimes(clock: Clock): Promise<void> {
  const setBack = await inWorkList(findSetBack);
  if (!setBack) return;
  const now = clock.now();
  // Every organisation has an audit log, and its name on that work list.
  const organisations = await inWorkList((tx) => tx.auditDue.findMany({ select: { orgId: true } }));
  for (const { orgId } of organisations) await mendOrganisation(vouchForOrg(orgId), clock, setBack, now);
  await inWorkList((tx) => pullBackWorkLists(tx, now));
  await inWorkList((tx) => noteMended(tx, setBack));
  if (setBack.from)
    logger().warn(
      { from: setBack.from, to: now, wasAhead: setBack.wasAhead },
      'The clock was set back: what was due at a time that has not come yet is done now.',
    );
}

async function mendOrganisation(orgId: OrgId, clock: Clock, setBack: SetBack, now: Date): Promise<void> {
  const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'Gait' }, clock, requestId: newId() };
  await inOrg(orgId, async (tx) => {
    await pullBackWork(tx, orgId, now);
    if (!(setBack.wasAhead ?? (await goesOn(tx, orgId, now)))) return;
    const changed = await pullBackAccess(tx, orgId, now);
    await voidEarlyReports(tx, ctx, now);
    if (setBack.from || Object.values(changed).some((count) => count > 0))
      await recordAudit(tx, ctx, {
        act: 'clock.set_back',
        target: 'organisation',
        before: { time: setBack.from },
        after: { time: now, ...changed },
      });
  });
}

/** Of a time before anybody kept down how the clock went: whether the audit log goes on at it, and so has left the false time behind. */
async function goesOn(tx: Tx, orgId: OrgId, now: Date): Promise<boolean> {
  const latest = await tx.audit.findFirst({
    where: { orgId },
    orderBy: { seq: 'desc' },
    select: { at: true },
  });
  return latest !== null && latest.at.getTime() <= now.getTime() + MINUTE_MS;
}
