import type { Recommendation } from '@/generated/prisma/client';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { DecisionRow } from '../types';

type About = Pick<Recommendation, 'team' | 'category' | 'toGear' | 'openedAt' | 'closedAt'>;

/** What people have said about a recommendation while it stood, in order. */
export async function decisionsAbout(
  tx: Tx,
  orgId: OrgId,
  { team, category, toGear, openedAt, closedAt }: About,
): Promise<DecisionRow[]> {
  const rows = await tx.decision.findMany({
    where: { orgId, team, category, toGear, at: { gte: openedAt, ...(closedAt && { lte: closedAt }) } },
    orderBy: { at: 'asc' },
  });
  return rows.map(({ person, at, action, reason }) => ({
    person,
    at: at.toISOString(),
    action: action as DecisionRow['action'],
    reason,
  }));
}
