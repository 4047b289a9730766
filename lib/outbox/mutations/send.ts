import type { Delivery } from '@/generated/prisma/client';
import { backOff } from '@/lib/domain/report/plan';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { messageOf } from '@/lib/platform/errors';
import { insist } from '@/lib/platform/insist';
import { NotTaken } from '../post';
import { dispatch, type Outcome } from './dispatch';

/**
 * So many are sent side by side, each taken when its turn comes: a slow one holds up none of the others. Whoever takes one has it for so
 * long; should they die, somebody else tries again then.
 */
const SIDE_BY_SIDE = 5;
const LEASE_MS = 600_000;

/** With the waits between them, 32 hours: a receiver that is down for a day loses nothing. */
const MOST_ATTEMPTS = 14;

/** When nothing waits. */
const NEVER_MS = 365 * 86_400_000;

/** Sends what is due of an organisation, each at most as often as it takes. @returns when to look again */
export async function sendDeliveries(orgId: OrgId, clock: Clock): Promise<Date> {
  const sendAll = async () => {
    for (let one = await take(orgId, clock.now()); one; one = await take(orgId, clock.now()))
      await sendOne(one, orgId, clock);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, sendAll));
  const next = await inOrg(orgId, (tx) =>
    tx.delivery.findFirst({
      where: { orgId, status: 'waiting' },
      orderBy: { nextTryAt: 'asc' },
      select: { nextTryAt: true },
    }),
  );
  return next?.nextTryAt ?? new Date(clock.now().getTime() + NEVER_MS);
}

/** Takes the one that is due for longest, and counts the attempt before it is made: one that ends the process is an attempt, too. */
async function take(orgId: OrgId, now: Date): Promise<Delivery | null> {
  return inOrg(orgId, async (tx) => {
    const [taken] = await tx.$queryRaw<{ id: string }[]>`
      -- Materialized: as a subquery it may be asked once a row, and then takes others each time.
      WITH due AS MATERIALIZED (
        SELECT id FROM delivery WHERE org_id = ${orgId}::uuid AND status = 'waiting' AND next_try_at <= ${now}
        ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      UPDATE delivery SET attempts = attempts + 1, next_try_at = ${new Date(now.getTime() + LEASE_MS)}
      FROM due WHERE delivery.org_id = ${orgId}::uuid AND delivery.id = due.id
      RETURNING delivery.id::text`;
    return taken ? tx.delivery.findUnique({ where: { orgId_id: { orgId, id: taken.id } } }) : null;
  });
}

async function sendOne(delivery: Delivery, orgId: OrgId, clock: Clock): Promise<void> {
  const outcome = await dispatch(delivery, orgId, clock);
  const change = changeOf(outcome, delivery, clock.now());
  // What was taken and not written down would come twice.
  await insist(() => inOrg(orgId, (tx) => note(tx, delivery, change, outcome, clock.now())));
}

async function note(tx: Tx, delivery: Delivery, change: Change, { end }: Outcome, now: Date): Promise<void> {
  const { orgId, id, recipient, recipientId } = delivery;
  await tx.delivery.update({ where: { orgId_id: { orgId, id } }, data: change });
  // A channel that was removed meanwhile has nothing to remember.
  if (recipient === 'channel' && (end === 'sent' || end === 'failed'))
    await tx.channel.updateMany({
      where: { orgId, id: recipientId },
      data: { lastError: change.error ?? null, ...(end === 'sent' && { lastSentAt: now }) },
    });
}

type Change = Partial<Pick<Delivery, 'status' | 'error' | 'address' | 'closedAt' | 'nextTryAt' | 'attempts'>>;

function changeOf(outcome: Outcome, { attempts }: Delivery, now: Date): Change {
  switch (outcome.end) {
    case 'sent':
      return { status: 'sent', error: null, address: outcome.address, closedAt: now };
    case 'dropped':
      return { status: 'dropped', error: outcome.why, closedAt: now };
    case 'later':
      // It was not tried.
      return { nextTryAt: outcome.at, attempts: attempts - 1 };
    case 'failed': {
      const { error, address } = outcome;
      const said = messageOf(error).slice(0, 500);
      return isFinal(error) || attempts >= MOST_ATTEMPTS
        ? { status: 'dead', error: said, address, closedAt: now }
        : { error: said, address, nextTryAt: new Date(now.getTime() + backOff(attempts)) };
    }
    default:
      return outcome satisfies never;
  }
}

/** A mail server that refuses this address for good (5xx), or a receiver that is gone; anything else may pass. */
function isFinal(error: unknown): boolean {
  if (error instanceof NotTaken) return error.isFinal;
  const code = (error as { responseCode?: unknown }).responseCode;
  return typeof code === 'number' && code >= 500;
}
