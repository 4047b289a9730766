import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** How many of each were changed. */
type Changed = { tokens: number; sessions: number; links: number; invitations: number; lanes: number };

/**
 * What was given at a time that has not come yet lasts from now, as long as it was meant to; and lanes that were advanced to that time
 * are told from the last snapshot before now, so that nothing has matured that could not.
 */
export async function pullBackAccess(tx: Tx, orgId: OrgId, now: Date): Promise<Changed> {
  const later = { orgId, createdAt: { gt: now } };
  await tx.organisation.updateMany({ where: later, data: { createdAt: now } });
  await tx.team.updateMany({ where: later, data: { createdAt: now } });
  await tx.knownRecommendation.deleteMany({ where: { orgId, since: { gt: now } } });
  await tx.signInAttempt.deleteMany({ where: later });
  return {
    tokens: await tx.$executeRaw`
      UPDATE token SET expires_at = expires_at - (created_at - ${now}::timestamptz), created_at = ${now}
      WHERE org_id = ${orgId}::uuid AND created_at > ${now}`,
    sessions: await pullBackSessions(tx, orgId, now),
    links: await tx.$executeRaw`
      UPDATE sign_in_link SET expires_at = expires_at - (created_at - ${now}::timestamptz), created_at = ${now}
      WHERE org_id = ${orgId}::uuid AND created_at > ${now}`,
    invitations: await tx.$executeRaw`
      UPDATE invitation SET expires_at = expires_at - (created_at - ${now}::timestamptz), created_at = ${now}
      WHERE org_id = ${orgId}::uuid AND created_at > ${now}`,
    lanes: await tx.$executeRaw`
      INSERT INTO lane_due (org_id, team, category, due_at, dirty_from)
      SELECT org_id, team, category, ${now}, ${now} FROM lane WHERE org_id = ${orgId}::uuid AND state_at > ${now}
      ORDER BY team, category
      ON CONFLICT (org_id, team, category) DO UPDATE
      SET due_at = LEAST(lane_due.due_at, excluded.due_at), dirty_from = LEAST(lane_due.dirty_from, excluded.dirty_from)`,
  };
}

/** A proof of who somebody is counts as fresh for no longer than it would have: it is asked for again. */
async function pullBackSessions(tx: Tx, orgId: OrgId, now: Date): Promise<number> {
  await tx.$executeRaw`
    UPDATE session SET last_seen_at = ${now} WHERE org_id = ${orgId}::uuid AND last_seen_at > ${now}`;
  await tx.$executeRaw`
    UPDATE session SET authenticated_at = ${now}::timestamptz - interval '1 day'
    WHERE org_id = ${orgId}::uuid AND authenticated_at > ${now}`;
  return tx.$executeRaw`
    UPDATE session SET expires_at = expires_at - (created_at - ${now}::timestamptz), created_at = ${now}
    WHERE org_id = ${orgId}::uuid AND created_at > ${now}`;
}
