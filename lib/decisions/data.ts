import type { Gear } from '@/lib/domain/gear';
import type { Approval } from '@/lib/domain/lane/lane-state';
import { type Policy, whatGearAllows } from '@/lib/domain/policy';
import { listMoves } from '@/lib/lanes/data/moves';
import { namesOf } from '@/lib/lanes/data/names';
import { listRecommendations, withoutRow } from '@/lib/lanes/data/waiting';
import type { WaitingRecommendation } from '@/lib/lanes/types';
import type { Actor, OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { policyOf } from '@/lib/projection/rules';
import { explainWhyNot } from './ability';
import type { DecisionRow, DecisionsPage, RecommendationPage, RecommendationStatus } from './types';

const SHOWN = 50;
const MOST_OPEN = 5_000;

type Listed = Awaited<ReturnType<typeof listRecommendations>>[number];

/** What waits, what was decided lately, and the log of gear moves. */
export async function getDecisions(orgId: OrgId, actor: Actor): Promise<DecisionsPage> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const policy = await policyOf(tx, orgId);
    const open = await listRecommendations(tx, orgId, names, policy, { status: 'open' }, SHOWN);
    const closed = await listRecommendations(tx, orgId, names, policy, { status: { not: 'open' } }, SHOWN);
    const pages = await toPages(tx, orgId, actor, policy, [...open, ...closed]);
    return {
      open: pages.slice(0, open.length),
      closed: pages.slice(open.length),
      moves: await listMoves(tx, orgId, names, {}, 100),
    };
  });
}

/** Every recommendation that waits for a person, newest first. */
export async function listOpenRecommendations(orgId: OrgId): Promise<WaitingRecommendation[]> {
  return inOrg(orgId, async (tx) => {
    const listed = await listRecommendations(
      tx,
      orgId,
      await namesOf(tx, orgId),
      await policyOf(tx, orgId),
      { status: 'open' },
      MOST_OPEN,
    );
    return listed.map(withoutRow);
  });
}

export async function getRecommendation(
  orgId: OrgId,
  actor: Actor,
  id: string,
): Promise<RecommendationPage | null> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const policy = await policyOf(tx, orgId);
    const [page] = await toPages(
      tx,
      orgId,
      actor,
      policy,
      await listRecommendations(tx, orgId, names, policy, { id }, 1),
    );
    return page ?? null;
  });
}

async function toPages(
  tx: Tx,
  orgId: OrgId,
  actor: Actor,
  policy: Policy,
  listed: readonly Listed[],
): Promise<RecommendationPage[]> {
  const pages: RecommendationPage[] = [];
  for (const { row, ...waiting } of listed) {
    const { team, category, openedAt, closedAt, status, policyVersion } = row;
    const decided = await tx.decision.findMany({
      where: {
        orgId,
        team,
        category,
        toGear: row.toGear,
        at: { gte: openedAt, ...(closedAt && { lte: closedAt }) },
      },
      orderBy: { at: 'asc' },
    });
    pages.push({
      ...waiting,
      status: status as RecommendationStatus,
      closedAt: closedAt?.toISOString() ?? null,
      closedReason: status === 'withdrawn' ? 'Withdrawn: newer evidence no longer supports it.' : null,
      allows: whatGearAllows(policy, waiting.to),
      risks: risksOf(waiting.to, policy),
      undo: undoOf(waiting.to, policy),
      decisions: decided.map(
        (one): DecisionRow => ({
          person: one.person,
          at: one.at.toISOString(),
          action: one.action as DecisionRow['action'],
          reason: one.reason,
        }),
      ),
      cannotDecide:
        status === 'open' ? explainWhyNot(actor, waiting.to, row.approvals as unknown as Approval[]) : null,
      policyVersion,
    });
  }
  return pages;
}

/** What could go wrong, in sentences. */
function risksOf(to: Gear, policy: Policy): string[] {
  const unseen =
    to === 'run'
      ? `Only ${Math.round(policy.sampleShareInRun * 100)} % of changes are reviewed, after they are merged: a mistake may live longer.`
      : 'Changes grow larger, so a mistake may be harder to spot in review.';
  return [
    unseen,
    'A lane that was ready and silently gets worse may be promoted on its older evidence; the detectors watch for that from now on.',
    'Governance and context are not set up yet, so only trust was checked.',
  ];
}

/** What would take the gear back, in sentences. */
function undoOf(to: Gear, policy: Policy): string[] {
  return [
    'A SEV1 on any task of this lane drops it to crawl at once; a SEV2 takes one gear.',
    `If quality falls below ${to}'s bar, it is taken back; while it stays above, that happens by mistake no more often than once in ${policy.aDemote} reviewed tasks.`,
  ];
}
