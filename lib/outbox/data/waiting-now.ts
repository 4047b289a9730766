import type { Gear } from '@/lib/domain/gear';
import type { Approval } from '@/lib/domain/lane/lane-state';
import type { ReportWaiting } from '@/lib/domain/report/content';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { placeOf } from '@/lib/reports/data/span';

const DAY_MS = 86_400_000;

/** The recommendations that wait for a decision, the longest first. */
export async function waitingNow(tx: Tx, orgId: OrgId, now: Date): Promise<ReportWaiting[]> {
  const names = await namesOf(tx, orgId);
  const rows = await tx.recommendation.findMany({
    where: { orgId, status: 'open' },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    omit: { reasons: true, evidence: true },
  });
  return rows.map(({ id, team, category, fromGear, toGear, openedAt, approvals }) => ({
    ...placeOf(names, team, category),
    id,
    from: fromGear as Gear,
    to: toGear as Gear,
    openedAt: openedAt.toISOString(),
    days: Math.floor((now.getTime() - openedAt.getTime()) / DAY_MS),
    approvals: (approvals as unknown as Approval[]).map(({ person }) => person),
  }));
}
