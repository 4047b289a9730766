import type { Gear } from '@/lib/domain/gear';
import type { ReportClosed } from '@/lib/domain/report/content';
import type { Names } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { placeOf, type Span } from './span';

/** The recommendations that came to nothing in a span, oldest first: declined, by whom and why, or withdrawn. */
export async function closedOf(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  { from, to }: Span,
): Promise<ReportClosed[]> {
  const at = { gte: from, lt: to };
  const rows = await tx.recommendation.findMany({
    where: { orgId, status: { in: ['declined', 'withdrawn'] }, closedAt: at },
    orderBy: [{ closedAt: 'asc' }, { id: 'asc' }],
    omit: { reasons: true, approvals: true, evidence: true },
  });
  const declines = await tx.decision.findMany({ where: { orgId, action: 'decline', at } });
  return rows.map(({ team, category, fromGear, toGear, status, closedAt }) => {
    const decline = declines.find(
      (one) => one.team === team && one.category === category && one.at.getTime() === closedAt?.getTime(),
    );
    return {
      ...placeOf(names, team, category),
      // Only closed ones are asked for.
      at: (closedAt ?? from).toISOString(),
      from: fromGear as Gear,
      to: toGear as Gear,
      status: status as ReportClosed['status'],
      person: decline?.person ?? null,
      reason: decline?.reason ?? '',
    };
  });
}
