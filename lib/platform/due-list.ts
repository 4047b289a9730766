import { Prisma } from '@/generated/prisma/client';
import type { Clock } from './clock';
import { type OrgId, vouchForOrg } from './ctx';
import { inWorkList } from './db';
import { isDatabaseAway } from './db-errors';
import { insist } from './insist';
import { logger } from './logger';

/** Work lists with a row an organisation: when it is to be looked at next. */
export type DueList = 'audit_due' | 'report_due' | 'delivery_due';

/** Whoever takes a row has it for so long; should they die, somebody else takes it then. */
const LEASE_MS = 600_000;
const AFTER_FAILURE_MS = 60_000;

type Claim = { orgId: OrgId; until: Date };

const tableOf = (list: DueList) => Prisma.raw(list);

/** Takes the organisation that has been due for longest. Nobody waits for the row: a deed that touches it goes on, and is seen below. */
async function claim(list: DueList, now: Date): Promise<Claim | null> {
  const until = new Date(now.getTime() + LEASE_MS);
  const [row] = await inWorkList(
    (tx) => tx.$queryRaw<{ org_id: string }[]>`
      UPDATE ${tableOf(list)} SET due_at = ${until} WHERE org_id = (
        SELECT org_id FROM ${tableOf(list)} WHERE due_at <= ${now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING org_id::text`,
  );
  return row ? { orgId: vouchForOrg(row.org_id), until } : null;
}

/** Unless a deed has made it due again meanwhile. */
async function release(list: DueList, { orgId, until }: Claim, next: Date): Promise<void> {
  await inWorkList(
    (tx) => tx.$executeRaw`
      UPDATE ${tableOf(list)} SET due_at = ${next} WHERE org_id = ${orgId}::uuid AND due_at = ${until}`,
  );
}

/**
 * Looks after all organisations that are due, one after the other; several processes share the work.
 * @param keep does what is due and says when to look again; after a failure that is in a minute
 * @returns how many
 */
export async function keepDue(
  list: DueList,
  clock: Clock,
  keep: (orgId: OrgId) => Promise<Date>,
): Promise<number> {
  // Of the moment it began: what becomes due meanwhile has its turn at the next look.
  const began = clock.now();
  for (let count = 0; ; count += 1) {
    const taken = await claim(list, began);
    if (taken === null) return count;
    let next = new Date(clock.now().getTime() + AFTER_FAILURE_MS);
    try {
      next = await keep(taken.orgId);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      logger().error({ err: error, orgId: taken.orgId, list }, 'what is due could not be done');
    } finally {
      await insist(() => release(list, taken, next));
    }
  }
}
