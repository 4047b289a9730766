import { knownSince } from '@/lib/domain/known-since';
import { type Policy, whatGearAllows } from '@/lib/domain/policy';
import type { Names } from '@/lib/lanes/data/names';
import { toWaiting } from '@/lib/lanes/data/waiting';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { DecisionRow, RecommendationPage, RecommendationStatus } from '../types';
import { risksOf, undoOf } from './sentences';

type Place = { orgId: OrgId; id: string; names: Names; policy: Policy };

/** A recommendation that people closed, as they read it then, whatever is derived in its place now; any other as it is derived. */
export async function asDecided(
  tx: Tx,
  { orgId, id, names, policy }: Place,
  derived: RecommendationPage | null,
): Promise<RecommendationPage | null> {
  const row = await tx.decidedRecommendation.findUnique({ where: { orgId_id: { orgId, id } } });
  if (!row || derived?.status === 'open') return derived;
  const { team, category, closedAt, policyVersion } = row;
  const waiting = toWaiting(row, names, policy);
  const move = await tx.loggedMove.findFirst({
    where: { orgId, team, category, at: closedAt, kind: 'accepted' },
    select: { withdrawnReason: true },
  });
  const known = await tx.knownRecommendation.findUnique({ where: { orgId_id: { orgId, id } } });
  const late = knownSince(row.openedAt.getTime(), (known?.since ?? row.openedAt).getTime());
  return {
    ...waiting,
    status: row.status as RecommendationStatus,
    knownSince: late === null ? null : new Date(late).toISOString(),
    closedAt: closedAt.toISOString(),
    closedReason: move?.withdrawnReason ?? null,
    allows: whatGearAllows(policy, waiting.to),
    risks: risksOf(waiting.to, policy),
    undo: undoOf(waiting.to, policy),
    decisions: row.decisions as unknown as DecisionRow[],
    cannotDecide: null,
    policyVersion,
  };
}
