import type { Prisma } from '@/generated/prisma/client';
import type { Gear } from '@/lib/domain/gear';
import { type EvidenceNote, explainRecommendation } from '@/lib/domain/lane/evidence-note';
import type { Approval } from '@/lib/domain/lane/lane-state';
import { level } from '@/lib/domain/lane/words';
import { plural } from '@/lib/domain/plural';
import { barsFor, type Policy } from '@/lib/domain/policy';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { LaneCell, WaitingRecommendation } from '../types';
import { listCells } from './cells';
import type { Names } from './names';

type RecommendationRow = Awaited<ReturnType<Tx['recommendation']['findMany']>>[number];

/** Recommendations as the screens show them, newest first. */
export async function listRecommendations(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  policy: Policy,
  where: Prisma.RecommendationWhereInput,
  { take, now }: { take: number; now: Date },
): Promise<(WaitingRecommendation & { row: RecommendationRow })[]> {
  const rows = await tx.recommendation.findMany({
    where: { orgId, ...where },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take,
  });
  const cells = rows.some(({ status }) => status === 'open') ? await listCells(tx, orgId, now) : [];
  return rows.map((row) => {
    const cell = cells.find(({ team, category }) => team === row.team && category === row.category);
    const evidence = row.evidence as unknown as EvidenceNote;
    const reasons = explainRecommendation(evidence, row.toGear as Gear);
    const waiting = toWaiting({ ...row, reasons }, names, policy);
    const sinceThen = row.status === 'open' && cell ? fadedBelow(waiting.to, cell, names, policy) : null;
    return { ...waiting, sinceThen, row };
  });
}

/** What of a recommended gear's evidence has faded away while nobody decided. */
function fadedBelow(
  to: Gear,
  { category, fadedDays, provenNow, cleanNeededNow }: LaneCell,
  names: Names,
  policy: Policy,
) {
  const risk = names.categories.find(({ key }) => key === category)?.risk ?? 'high';
  if (to === 'crawl' || fadedDays === 0) return null;
  const bar = barsFor(policy, risk)[to];
  if (provenNow !== null && provenNow >= bar) return null;
  const proven =
    provenNow === null ? 'nothing is proven any more' : `at least ${level(provenNow)} is proven now`;
  const again =
    cleanNeededNow === null ? '' : ` ${plural(cleanNeededNow, 'more clean review')} would prove it again.`;
  return `Since then its evidence has faded: ${proven}, where ${to} needs ${level(bar)}.${again}`;
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
    sinceThen: null,
  };
}

export function withoutRow({
  row: _row,
  ...waiting
}: WaitingRecommendation & { row: RecommendationRow }): WaitingRecommendation {
  return waiting;
}
