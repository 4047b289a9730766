import { recordAudits } from '@/lib/audit/record';
import { editionName } from '@/lib/domain/report/edition';
import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { reportEntry } from './freeze';

const REASON = 'The clock was ahead when this report was frozen: its week was not over.';

/** Marks reports void that were frozen before their week had ended; the week is frozen again when it is over. @returns how many */
export async function voidEarlyReports(tx: Tx, ctx: Ctx, now: Date): Promise<number> {
  const { orgId } = ctx;
  const early = await tx.report.findMany({
    where: { orgId, toAt: { gt: now }, voided: null },
    orderBy: [{ week: 'asc' }, { team: 'asc' }, { edition: 'asc' }],
    select: { team: true, week: true, edition: true, hash: true, policyVersion: true },
  });
  const voided = await tx.reportVoid.createManyAndReturn({
    data: early.map(({ team, week, edition }) => ({
      ...{ orgId, team, week, edition },
      voidedAt: now,
      reason: REASON,
    })),
    skipDuplicates: true,
    select: { team: true, week: true, edition: true },
  });
  // Another process may have marked some of them meanwhile.
  const isVoided = ({ team, week }: { team: string; week: string }) =>
    voided.some((one) => one.team === team && one.week === week);
  await tx.delivery.updateMany({
    where: {
      ...{ orgId, kind: 'report', status: 'waiting' },
      OR: voided.map((report) => ({ team: report.team, key: editionName(report) })),
    },
    data: { status: 'dropped', error: REASON, closedAt: now },
  });
  await recordAudits(
    tx,
    ctx,
    early.filter(isVoided).map((report) => ({ ...reportEntry('report.voided', report), reason: REASON })),
  );
  return voided.length;
}
