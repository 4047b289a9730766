import type { Clock } from '@/lib/platform/clock';
import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { inWorkList } from '@/lib/platform/db';
import { isDatabaseAway } from '@/lib/platform/db-errors';
import { logger } from '@/lib/platform/logger';
import { type Repeating, repeat } from '@/lib/platform/repeat';
import type { SafeFetch } from '@/lib/platform/safe-fetch';
import { keepAudit } from './keep';

/** How often a process looks whether some record is due, in ms. */
const LOOK_EVERY_MS = 2_000;
/** Whoever takes a record has it for so long; should they die, somebody else takes it then. */
const LEASE_MS = 600_000;
const AFTER_FAILURE_MS = 60_000;

type Claim = { orgId: OrgId; until: Date };

/** Takes the record that has been due for longest. Nobody waits for the row: a deed that touches it goes on, and is seen below. */
async function claim(now: Date): Promise<Claim | null> {
  const until = new Date(now.getTime() + LEASE_MS);
  const [row] = await inWorkList(
    (tx) => tx.$queryRaw<{ org_id: string }[]>`
      UPDATE audit_due SET due_at = ${until} WHERE org_id = (
        SELECT org_id FROM audit_due WHERE due_at <= ${now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING org_id::text`,
  );
  return row ? { orgId: vouchForOrg(row.org_id), until } : null;
}

/** Unless a deed has made it due again meanwhile. */
async function release({ orgId, until }: Claim, next: Date): Promise<void> {
  await inWorkList(
    (tx) =>
      tx.$executeRaw`UPDATE audit_due SET due_at = ${next} WHERE org_id = ${orgId}::uuid AND due_at = ${until}`,
  );
}

/** Looks after all records that are due. @returns how many */
export async function keepDueAudits(clock: Clock, testing?: SafeFetch['testing']): Promise<number> {
  // Of the moment it began: what becomes due meanwhile has its turn at the next look.
  const began = clock.now();
  for (let count = 0; ; count += 1) {
    const taken = await claim(began);
    if (taken === null) return count;
    let next = new Date(clock.now().getTime() + AFTER_FAILURE_MS);
    try {
      next = await keepAudit(taken.orgId, clock, testing);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      logger().error({ err: error, orgId: taken.orgId }, 'looking after the audit log failed');
    } finally {
      await release(taken, next);
    }
  }
}

/** Runs in every server process until stopped; several share the work. */
export function startAuditKeeper(clock: Clock): Repeating {
  return repeat(LOOK_EVERY_MS, 'the audit keeper', () => keepDueAudits(clock));
}
