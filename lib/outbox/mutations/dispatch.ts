import type { Delivery } from '@/generated/prisma/client';
import { type DeliveryKind, type Item, isToldByMail, NEWS_OF } from '@/lib/domain/notice/audience';
import { quietUntil } from '@/lib/domain/notice/hours';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { isDatabaseAway } from '@/lib/platform/db-errors';
import { canSendMail, sendMail } from '@/lib/platform/mail';
import { mailOf } from '@/lib/reports/mail';
import { audienceOf } from '../data/audience';
import { incidentOf } from '../data/incident-news';
import { tellingOf } from '../data/telling';
import { waitingNow } from '../data/waiting-now';
import { noticeMailOf } from '../notice-mail';
import { postTo } from '../post';

/** What became of a try. */
export type Outcome =
  | { end: 'sent'; address: string }
  | { end: 'failed'; address: string | null; error: unknown }
  | { end: 'dropped'; why: string }
  | { end: 'later'; at: Date };

/** Without a mail server, mails wait: somebody may give Gait one. */
const NO_MAIL_MS = 600_000;

/** How long what could not be put together waits for a database that is away or full. */
const NO_DATABASE_MS = 60_000;

const dropped = (why: string): Outcome => ({ end: 'dropped', why });

/** Tries to send one delivery. Whom it goes to and what it says are looked up at the last moment: people leave, and news pass. */
export async function dispatch(delivery: Delivery, orgId: OrgId, clock: Clock): Promise<Outcome> {
  const plan = await planOf(delivery, orgId, clock.now());
  if ('end' in plan) return plan;
  const { address, send } = plan;
  try {
    await send();
  } catch (error) {
    return { end: 'failed', address, error };
  }
  return { end: 'sent', address };
}

/** One that cannot even be put together holds up nobody else, and is given up in the end as others are. */
async function planOf(delivery: Delivery, orgId: OrgId, now: Date): Promise<Plan | Outcome> {
  const planIt = delivery.recipient === 'channel' ? planPost : planMail;
  try {
    return await inOrg(orgId, (tx) => planIt(tx, orgId, delivery, now));
  } catch (error) {
    if (isDatabaseAway(error)) return { end: 'later', at: new Date(now.getTime() + NO_DATABASE_MS) };
    return { end: 'failed', address: null, error };
  }
}

/** Where it goes, and how: outside of the transaction, since receivers take their time. */
type Plan = { address: string; send: () => Promise<void> };

async function planPost(tx: Tx, orgId: OrgId, delivery: Delivery, now: Date): Promise<Plan | Outcome> {
  const channel = await tx.channel.findUnique({ where: { orgId_id: { orgId, id: delivery.recipientId } } });
  if (!channel?.isOn || !channel.gets.includes(NEWS_OF[delivery.kind as DeliveryKind]))
    return dropped('The channel was removed or switched off, or gets this no more.');
  const telling = await tellingOf(tx, orgId, delivery, { listener: { team: channel.team }, now });
  if (typeof telling === 'string') return dropped(telling);
  return { address: channel.host, send: () => postTo(channel, { telling, id: delivery.id, at: now }) };
}

async function planMail(tx: Tx, orgId: OrgId, delivery: Delivery, now: Date): Promise<Plan | Outcome> {
  const { id: deliveryId, recipientId: personId } = delivery;
  const item = await itemOf(tx, orgId, delivery, now);
  const audience = await audienceOf(tx, orgId);
  const reader = audience.readers.find(({ id }) => id === personId);
  const person = await tx.person.findUnique({ where: { orgId_id: { orgId, id: personId } } });
  if (!reader || !person?.email || !isToldByMail(item, reader, audience))
    return dropped(
      'Whoever it was for has left, has no address, or wants it no more; or mails were switched off.',
    );
  if (!canSendMail()) return { end: 'later', at: new Date(now.getTime() + NO_MAIL_MS) };
  const hours = await tx.quietHours.findUnique({ where: { orgId_personId: { orgId, personId } } });
  const until =
    hours && quietUntil(now.getTime(), { from: hours.fromMinute, to: hours.toMinute, zone: hours.zone });
  if (until) return { end: 'later', at: new Date(until) };
  const telling = await tellingOf(tx, orgId, delivery, { listener: { grants: reader.grants }, now });
  if (typeof telling === 'string') return dropped(telling);
  const to = { orgId, personId, address: person.email, now };
  const mail = telling.content
    ? mailOf({ ...to, content: telling.content, edition: telling.edition })
    : noticeMailOf(telling, { ...to, deliveryId, teams: item.teams });
  return { address: person.email, send: () => sendMail(mail) };
}

/** As it was written down; but which teams an incident and a digest are about may be others by now. */
async function itemOf(tx: Tx, orgId: OrgId, { kind, team, key }: Delivery, now: Date): Promise<Item> {
  const item = { kind: kind as DeliveryKind, key };
  switch (item.kind) {
    case 'incident':
      return { ...item, teams: (await incidentOf(tx, orgId, key))?.teams ?? [team] };
    case 'digest':
      return { ...item, teams: ['', ...(await waitingNow(tx, orgId, now)).map((place) => place.team.slug)] };
    default:
      return { ...item, teams: [team] };
  }
}
