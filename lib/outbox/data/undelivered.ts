import type { Delivery } from '@/generated/prisma/client';
import type { DeliveryKind } from '@/lib/domain/notice/audience';
import type { Names } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { DeliveryRow } from '../types';

const SHOWN = 50;

/** What did not get through to people, or to channels, or not yet; the newest first. */
export async function undelivered(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  recipient: 'person' | 'channel',
): Promise<DeliveryRow[]> {
  const rows = await tx.delivery.findMany({
    where: { orgId, recipient, OR: [{ status: 'dead' }, { status: 'waiting', error: { not: null } }] },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: SHOWN,
  });
  const nameOf = await namesOfRecipients(
    tx,
    orgId,
    recipient,
    rows.map(({ recipientId }) => recipientId),
  );
  return rows.map((row) => ({
    id: row.id,
    what: wordsFor(row),
    team: row.team === '' ? null : { slug: row.team, name: names.team(row.team) },
    to: nameOf.get(row.recipientId) ?? row.address ?? row.recipientId,
    isDead: row.status === 'dead',
    attempts: row.attempts,
    error: row.error ?? '',
    nextTryAt: row.nextTryAt.toISOString(),
  }));
}

async function namesOfRecipients(
  tx: Tx,
  orgId: OrgId,
  recipient: 'person' | 'channel',
  ids: string[],
): Promise<Map<string, string>> {
  const query = { where: { orgId, id: { in: ids } }, select: { id: true, name: true } };
  const rows = recipient === 'person' ? await tx.person.findMany(query) : await tx.channel.findMany(query);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function wordsFor({ kind, key }: Pick<Delivery, 'kind' | 'key'>): string {
  const words: Readonly<Record<DeliveryKind, string>> = {
    report: `Report of ${key}`,
    demotion: 'A lost gear',
    incident: `Incident ${key}`,
    digest: `Digest of ${key}`,
    audit: 'An alarm of the audit log',
  };
  return words[kind as DeliveryKind];
}
