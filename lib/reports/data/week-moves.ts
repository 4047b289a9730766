import type { Gear } from '@/lib/domain/gear';
import type { ReportMove } from '@/lib/domain/report/content';
import type { Names } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { placeOf, type Span } from './span';

/** The moves of a span that stand, oldest first, with who decided and why. */
export async function movesOf(tx: Tx, orgId: OrgId, names: Names, { from, to }: Span): Promise<ReportMove[]> {
  const rows = await tx.loggedMove.findMany({
    where: { orgId, at: { gte: from, lt: to }, withdrawnAt: null },
    orderBy: [{ at: 'asc' }, { ordinal: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    ...placeOf(names, row.team, row.category),
    at: row.at.toISOString(),
    from: row.fromGear as Gear,
    to: row.toGear as Gear,
    kind: row.kind,
    reason: row.reason,
    people: row.people,
  }));
}
