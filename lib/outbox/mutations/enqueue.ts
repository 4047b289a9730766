import { type Audience, type Item, isToldByMail, isToldToChannel } from '@/lib/domain/notice/audience';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { audienceOf } from '../data/audience';

/**
 * Writes down, in the transaction of what there is to tell, to whom it is to go: people by their role or their choice, and channels.
 * Each gets it once, however often this is called.
 */
export async function addDeliveries(tx: Tx, orgId: OrgId, items: readonly Item[], now: Date): Promise<void> {
  if (items.length === 0) return;
  const audience = await audienceOf(tx, orgId);
  const data = items.flatMap((item) =>
    recipientsOf(item, audience).map((recipient) => ({
      orgId,
      id: newId(),
      kind: item.kind,
      team: teamOf(item),
      key: item.key,
      ...recipient,
      status: 'waiting',
      attempts: 0,
      createdAt: now,
      nextTryAt: now,
    })),
  );
  if (data.length === 0) return;
  const { count } = await tx.delivery.createMany({ data, skipDuplicates: true });
  if (count > 0) await makeDue(tx, orgId, now);
}

/** An incident may concern several teams, and more of them later; whoever is told of it is told once. */
function teamOf({ kind, teams }: Item): string {
  return kind === 'incident' ? '' : (teams[0] ?? '');
}

type Recipient = { recipient: 'person' | 'channel'; recipientId: string };

function recipientsOf(item: Item, audience: Audience): Recipient[] {
  const { readers, channels } = audience;
  return [
    ...readers
      .filter((reader) => isToldByMail(item, reader, audience))
      .map(({ id }) => ({ recipient: 'person' as const, recipientId: id })),
    ...channels
      .filter((channel) => isToldToChannel(item, channel))
      .map(({ id }) => ({ recipient: 'channel' as const, recipientId: id })),
  ];
}

/** The list of what is to be sent is looked at no later than this. */
export async function makeDue(tx: Tx, orgId: OrgId, at: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO delivery_due (org_id, due_at) VALUES (${orgId}::uuid, ${at})
    ON CONFLICT (org_id) DO UPDATE SET due_at = least(delivery_due.due_at, excluded.due_at)`;
}
