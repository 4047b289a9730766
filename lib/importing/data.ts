import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, inWorkList } from '@/lib/platform/db';
import type { ReviewedCounts } from './report';

/** How many pieces of work wait to be folded, whoever does it: a running server may have some in hand. */
export async function countUnfolded(orgId: OrgId): Promise<number> {
  return inWorkList((tx) => tx.projectionWork.count({ where: { orgId, parkedUntil: null } }));
}

/** Of the agents' decided tasks that events of this source name: how many there are, and how many had an independent review. */
export async function countReviewed(orgId: OrgId, source: string): Promise<ReviewedCounts> {
  return inOrg(orgId, async (tx) => {
    const [counts] = await tx.$queryRaw<ReviewedCounts[]>`
      SELECT count(*)::int AS decided, count(*) FILTER (WHERE o.reviewed)::int AS reviewed FROM observation o
      WHERE o.org_id = ${orgId}::uuid AND o.task_ref IN (
        SELECT e.task_ref FROM event e WHERE e.org_id = ${orgId}::uuid AND e.source = ${source})`;
    return counts ?? { decided: 0, reviewed: 0 };
  });
}
