import { knownSince } from '@/lib/domain/known-since';
import type { Approval } from '@/lib/domain/lane/lane-state';
import { type Policy, whatGearAllows } from '@/lib/domain/policy';
import { namesOf } from '@/lib/lanes/data/names';
import { listRecommendations, withoutRow } from '@/lib/lanes/data/waiting';
import type { WaitingRecommendation } from '@/lib/lanes/types';
import type { Actor, OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { policyOf } from '@/lib/projection/rules';
import type { RecommendationPage, RecommendationStatus } from '../types';
import { asDecided } from './decided';
import { decisionsAbout } from './decisions-about';
import { risksOf, undoOf } from './sentences';
import { explainWhyNot } from './why-not';

const MOST_OPEN = 5_000;

type Listed = Awaited<ReturnType<typeof listRecommendations>>[number];

/** Every recommendation that waits for a person, in one team or in all, newest first. */
export async function listOpenRecommendations(
  orgId: OrgId,
  team: string | undefined,
  now: Date,
): Promise<WaitingRecommendation[]> {
  return inOrg(orgId, async (tx) => {
    const listed = await listRecommendations(
      tx,
      orgId,
      await namesOf(tx, orgId),
      await policyOf(tx, orgId),
      { status: 'open', ...(team !== undefined && { team }) },
      { take: MOST_OPEN, now },
    );
    return listed.map(withoutRow);
  });
}

export async function getRecommendation(
  orgId: OrgId,
  actor: Actor,
  id: string,
  now: Date,
): Promise<RecommendationPage | null> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const policy = await policyOf(tx, orgId);
    const [page] = await toPages(
      tx,
      orgId,
      actor,
      policy,
      await listRecommendations(tx, orgId, names, policy, { id }, { take: 1, now }),
    );
    return asDecided(tx, { orgId, id, names, policy }, page ?? null);
  });
}

/** Recommendations with all that a person needs to know before they decide. */
export async function toPages(
  tx: Tx,
  orgId: OrgId,
  actor: Actor,
  policy: Policy,
  listed: readonly Listed[],
): Promise<RecommendationPage[]> {
  const pages: RecommendationPage[] = [];
  const known = await tx.knownRecommendation.findMany({
    where: { orgId, id: { in: listed.map(({ id }) => id) } },
  });
  const since = new Map(known.map((one) => [one.id, one.since]));
  for (const { row, ...waiting } of listed) {
    const { team, openedAt, closedAt, status, policyVersion } = row;
    const late = knownSince(openedAt.getTime(), (since.get(row.id) ?? openedAt).getTime());
    pages.push({
      ...waiting,
      status: status as RecommendationStatus,
      knownSince: late === null ? null : new Date(late).toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
      closedReason: status === 'withdrawn' ? 'Withdrawn: newer evidence no longer supports it.' : null,
      allows: whatGearAllows(policy, waiting.to),
      risks: risksOf(waiting.to, policy),
      undo: undoOf(waiting.to, policy),
      decisions: await decisionsAbout(tx, orgId, row),
      cannotDecide:
        status === 'open'
          ? await explainWhyNot(
              tx,
              { orgId, actor },
              { team, to: waiting.to, approvals: row.approvals as unknown as Approval[] },
            )
          : null,
      policyVersion,
    });
  }
  return pages;
}
