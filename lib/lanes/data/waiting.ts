import type { Prisma } from '@/generated/prisma/client';
import type { Gear } from '@/lib/domain/gear';
import type { Approval } from '@/lib/domain/lane/lane-state';
import type { Policy } from '@/lib/domain/policy';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { WaitingRecommendation } from '../types';
import type { Names } from './names';

type RecommendationRow = Awaited<ReturnType<Tx['recommendation']['findMany']>>[number];

/** Recommendations as the screens show them, newest first. */
export async function listRecommendations(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  policy: Policy,
  where: Prisma.RecommendationWhereInput,
  take: number,
): Promise<(WaitingRecommendation & { row: RecommendationRow })[]> {
  const rows = await tx.recommendation.findMany({
    where: { orgId, ...where },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take,
  });
  return rows.map((row) => ({ ...toWaiting(row, names, policy), row }));
}

/** What a recommendation says, by the names people know its lane by. */
export function toWaiting(
  row: Omit<RecommendationRow, 'closedAt' | 'status' | 'policyVersion'>,
  names: Names,
  policy: Policy,
): WaitingRecommendation {
  const to = row.toGear as Gear;
  const approvals = row.approvals as unknown as Approval[];
  return {
    id: row.id,
    team: row.team,
    teamName: names.team(row.team),
    category: row.category,
    categoryName: names.category(row.category),
    from: row.fromGear as Gear,
    to,
    openedAt: row.openedAt.toISOString(),
    reasons: row.reasons,
    approvals: approvals.map(({ person, at }) => ({ person, at: new Date(at).toISOString() })),
    approvalsNeeded: to === 'crawl' ? 0 : policy.approvalsNeeded[to],
  };
}

export function withoutRow({
  row: _row,
  ...waiting
}: WaitingRecommendation & { row: RecommendationRow }): WaitingRecommendation {
  return waiting;
}
