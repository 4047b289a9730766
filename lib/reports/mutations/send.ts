import type { Delivery } from '@/generated/prisma/client';
import type { ReportContent } from '@/lib/domain/report/content';
import { backOff } from '@/lib/domain/report/plan';
import { getsReport } from '@/lib/domain/report/recipients';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { canSendMail, sendMail } from '@/lib/platform/mail';
import { grantsOf } from '@/lib/sessions/actor';
import { mailOf } from '../mail';

/** Taken at once. Whoever takes them has them for so long; should they die, somebody else tries again then. */
const AT_ONCE = 20;
const LEASE_MS = 600_000;

/** With the waits between them, more than a day: a mail server that is down over night loses nothing. */
const MOST_ATTEMPTS = 12;

/** When nothing waits. */
const NEVER_MS = 365 * 86_400_000;

/** Sends what is due of an organisation, each at most as often as it takes. @returns when to look again */
export async function sendDeliveries(orgId: OrgId, clock: Clock): Promise<Date> {
  if (!canSendMail()) return new Date(clock.now().getTime() + LEASE_MS);
  for (let taken = await take(orgId, clock.now()); taken.length > 0; taken = await take(orgId, clock.now()))
    for (const delivery of taken) await sendOne(delivery, orgId, clock);
  const next = await inOrg(orgId, (tx) =>
    tx.delivery.findFirst({
      where: { orgId, status: 'waiting' },
      orderBy: { nextTryAt: 'asc' },
      select: { nextTryAt: true },
    }),
  );
  return next?.nextTryAt ?? new Date(clock.now().getTime() + NEVER_MS);
}

/** Counts the attempt before it is made: one that ends the process is an attempt, too. */
async function take(orgId: OrgId, now: Date): Promise<Delivery[]> {
  return inOrg(orgId, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      UPDATE delivery SET attempts = attempts + 1, next_try_at = ${new Date(now.getTime() + LEASE_MS)}
      WHERE org_id = ${orgId}::uuid AND id IN (
        SELECT id FROM delivery WHERE org_id = ${orgId}::uuid AND status = 'waiting' AND next_try_at <= ${now}
        ORDER BY next_try_at, id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
      RETURNING id::text`;
    return tx.delivery.findMany({
      where: { orgId, id: { in: rows.map(({ id }) => id) } },
      orderBy: [{ week: 'asc' }, { id: 'asc' }],
    });
  });
}

async function sendOne(delivery: Delivery, orgId: OrgId, clock: Clock): Promise<void> {
  const { id, attempts } = delivery;
  const address = await inOrg(orgId, (tx) => addressOf(tx, delivery));
  if (address === null)
    return close(
      orgId,
      id,
      { status: 'dropped', error: 'Whoever it was for has left, has no address, or wants it no more.' },
      clock,
    );
  const report = await inOrg(orgId, (tx) =>
    tx.report.findUniqueOrThrow({
      where: { orgId_team_week: { orgId, team: delivery.team, week: delivery.week } },
    }),
  );
  try {
    await sendMail(
      mailOf({
        orgId,
        personId: delivery.personId,
        address,
        content: report.content as unknown as ReportContent,
      }),
    );
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 500) : String(error);
    if (isFinal(error) || attempts >= MOST_ATTEMPTS)
      return close(orgId, id, { status: 'dead', error: said, address }, clock);
    const nextTryAt = new Date(clock.now().getTime() + backOff(attempts));
    await inOrg(orgId, (tx) =>
      tx.delivery.update({ where: { orgId_id: { orgId, id } }, data: { error: said, address, nextTryAt } }),
    );
    return;
  }
  await close(orgId, id, { status: 'sent', error: null, address }, clock);
}

/** Where the mail goes: null when it is to go nowhere any more. Looked up at the last moment, since people leave. */
async function addressOf(tx: Tx, { orgId, personId, team }: Delivery): Promise<string | null> {
  const person = await tx.person.findFirst({
    where: { orgId, id: personId, removedAt: null },
    include: { grants: true },
  });
  const choice = await tx.reportChoice.findUnique({
    where: { orgId_personId_team: { orgId, personId, team } },
  });
  return person && getsReport(grantsOf(person.grants), team, choice?.wants ?? null) ? person.email : null;
}

/** A mail server that refuses this address for good (5xx); anything else may pass. */
function isFinal(error: unknown): boolean {
  const code = (error as { responseCode?: unknown }).responseCode;
  return typeof code === 'number' && code >= 500;
}

type End = { status: 'sent' | 'dead' | 'dropped'; error: string | null; address?: string };

async function close(orgId: OrgId, id: string, end: End, clock: Clock): Promise<void> {
  await inOrg(orgId, (tx) =>
    tx.delivery.update({ where: { orgId_id: { orgId, id } }, data: { ...end, closedAt: clock.now() } }),
  );
}
