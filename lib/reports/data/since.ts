import { sinceFrozen } from '@/lib/domain/report/since';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { FrozenReport } from '../types';
import { placeOf } from './span';
import { incidentsOf } from './week-incidents';
import { countTasks } from './week-tasks';

/** What came in about a frozen week since, in sentences. Costs the tasks of the week; of a team, its own since then; and the incidents that were open in it. */
export async function sinceOf(tx: Tx, orgId: OrgId, { content, frozenAt }: FrozenReport): Promise<string[]> {
  const span = { from: new Date(content.from), to: new Date(content.to) };
  const slug = content.team?.slug;
  const counts = await countTasks(tx, orgId, span, slug);
  const later = { gt: new Date(frozenAt) };
  const rows = await tx.loggedMove.findMany({
    where: {
      orgId,
      at: { gte: span.from, lt: span.to },
      ...(slug !== undefined && { team: slug }),
      OR: [
        { since: later, withdrawnAt: null },
        { since: { lte: new Date(frozenAt) }, withdrawnAt: later },
      ],
    },
    orderBy: [{ at: 'asc' }, { ordinal: 'asc' }, { id: 'asc' }],
  });
  const names = await namesOf(tx, orgId);
  const moves = rows.map((row) => ({
    ...placeOf(names, row.team, row.category),
    from: row.fromGear,
    to: row.toGear,
    isWithdrawn: row.withdrawnAt !== null,
    reason: row.withdrawnReason ?? row.reason,
  }));
  const incidents = await incidentsOf(tx, orgId, names, span);
  const ours = incidents.filter(({ teams }) => slug === undefined || teams.includes(slug));
  return sinceFrozen(content, counts, moves, ours);
}
