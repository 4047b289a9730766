import { createHash } from 'node:crypto';
import type { Recommendation } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit/record';
import type { Gear } from '@/lib/domain/gear';
import type { Approval } from '@/lib/domain/lane/lane-state';
import type { EarnedGear } from '@/lib/domain/trust/engine-config';
import { EVERY_TEAM, insertEvents } from '@/lib/events/mutations';
import { actorText, type Ctx, type OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { nudge } from '@/lib/platform/nudge';
import { policyOf } from '@/lib/projection/rules';

import { decisionsAbout } from './data/decisions-about';
import { explainWhyNot } from './data/why-not';
import type { Decide } from './schema';

/** Where decisions made in Gait come from, in the record. */
export const GAIT_SOURCE = 'gait';

/**
 * Accepts or declines an open recommendation: an event of the record, from which the lane's fold moves the gear once
 * enough people have agreed. The row is locked and marked at once, so that of two people who decide at the same time,
 * or of two clicks, the second meets what the first has done.
 * @param key of the request: whoever repeats their decision with it, since the answer was lost, is told that it stands
 */
export async function decideRecommendation(
  ctx: Ctx,
  { id, action, reason }: Decide,
  key: string | null = null,
): Promise<{ workIds: string[] }> {
  const { actor, orgId, clock } = ctx;
  if (actor.kind !== 'user')
    throw new AppError('forbidden', 'A promotion waits for a named person; a token cannot decide.');
  const written = await inOrg(orgId, async (tx) => {
    await tx.$queryRaw`SELECT id FROM recommendation WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    const eventId = key === null ? newId() : idOfKey(actor.personId, key);
    if (key !== null && (await isRepeat(tx, orgId, eventId, { recommendation: id, action, reason })))
      return { workIds: [] };
    const row = await tx.recommendation.findUnique({ where: { orgId_id: { orgId, id } } });
    const decided = await tx.decidedRecommendation.findUnique({ where: { orgId_id: { orgId, id } } });
    if (decided && row?.status !== 'open')
      throw new AppError('conflict', `This recommendation was ${decided.status} in the meantime.`);
    if (!row)
      throw new AppError(
        'not_found',
        'This recommendation does not exist any more: its evidence has changed.',
      );
    if (row.status !== 'open')
      throw new AppError('conflict', `This recommendation was ${row.status} in the meantime.`);
    const approvals = row.approvals as unknown as Approval[];
    const { team, category, toGear, policyVersion } = row;
    const refusal = await explainWhyNot(tx, ctx, { team, to: toGear as Gear, approvals });
    if (refusal) throw new AppError('forbidden', refusal);
    // A source whose clock runs ahead may have opened it in our future; a decision before that would count for nothing.
    const at = new Date(Math.max(clock.now().getTime(), row.openedAt.getTime()));
    const data = {
      lane: { team, category },
      recommendation: id,
      action,
      to: toGear,
      person: { id: actor.personId, name: actor.name },
      reason,
    };
    const event = {
      source: GAIT_SOURCE,
      id: eventId,
      type: 'dev.gait.recommendation.decided.v1',
      at: at.getTime(),
      taskRef: null,
      incidentRef: null,
      lane: `${team}/${category}`,
      data,
    } as const;
    const result = await insertEvents(tx, orgId, clock.now(), [
      { from: actorText(actor), senderTeam: EVERY_TEAM, events: [event] },
    ]);
    // Two requests of one moment, about two recommendations: only now is one seen by the other.
    if (result.keys.size === 0) throw keyTaken();
    await markDecided(
      tx,
      orgId,
      row,
      { personId: actor.personId, person: actor.name, at: at.getTime(), reason },
      action,
    );
    await recordAudit(tx, ctx, {
      act: action === 'accept' ? 'recommendation.accepted' : 'recommendation.declined',
      target: `lane:${team}/${category}`,
      before: { gear: row.fromGear },
      after: { gear: toGear, evidence: row.evidence ?? {} },
      reason,
      policyVersion,
    });
    return result;
  });
  nudge();
  return { workIds: written.workIds };
}

/** A key is the person's own: nobody learns of another's. */
function idOfKey(personId: string, key: string): string {
  return createHash('sha256').update(`${personId}\n${key}`).digest('hex');
}

/** Whether this decision stands in the record already. @throws invalid where another one was made with the key */
async function isRepeat(
  tx: Tx,
  orgId: OrgId,
  id: string,
  decision: { recommendation: string; action: string; reason: string },
): Promise<boolean> {
  const key = { orgId, source: GAIT_SOURCE, id, senderTeam: EVERY_TEAM };
  const made = await tx.event.findUnique({ where: { orgId_source_id_senderTeam: key } });
  if (!made) return false;
  const { recommendation, action, reason } = made.data as typeof decision;
  const isSame =
    recommendation === decision.recommendation && action === decision.action && reason === decision.reason;
  if (!isSame) throw keyTaken();
  return true;
}

function keyTaken(): AppError {
  return new AppError('invalid', 'This Idempotency-Key was used for another decision: send a new one.');
}

/** Writes on the row what the lane's fold is going to say of it. */
async function markDecided(
  tx: Tx,
  orgId: OrgId,
  row: Recommendation,
  approval: Approval,
  action: Decide['action'],
): Promise<void> {
  const { id, toGear } = row;
  const approvals = [...(row.approvals as unknown as Approval[]), ...(action === 'accept' ? [approval] : [])];
  const { approvalsNeeded } = await policyOf(tx, orgId);
  const isEnough = approvals.length >= approvalsNeeded[toGear as EarnedGear];
  const status = action === 'decline' ? 'declined' : isEnough ? 'accepted' : 'open';
  const closedAt = status === 'open' ? null : new Date(approval.at);
  await tx.recommendation.update({
    where: { orgId_id: { orgId, id } },
    data: { approvals, status, closedAt },
  });
  if (closedAt === null) return;
  const said = { person: approval.person, at: closedAt.toISOString(), action, reason: approval.reason };
  const decisions = [...(await decisionsAbout(tx, orgId, row)), said];
  const decided = { ...row, evidence: row.evidence ?? {}, approvals, status, closedAt, decisions };
  // What is derived later may open it again; what was read first stands.
  await tx.decidedRecommendation.createMany({ data: [decided], skipDuplicates: true });
}
