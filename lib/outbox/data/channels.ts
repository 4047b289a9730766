import type { News } from '@/lib/domain/notice/recipients';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import type { ChannelKind, ChannelsPage } from '../types';
import { undelivered } from './undelivered';

/** The channels of an organisation, in the order they were added, with what did not get through to them. Their addresses stay sealed. */
export async function getChannels(orgId: OrgId): Promise<ChannelsPage> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const rows = await tx.channel.findMany({
      where: { orgId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      omit: { urlSealed: true, secretSealed: true },
    });
    const byWhom = await adderNames(tx, orgId, rows);
    return {
      teams: names.teams,
      items: rows.map(({ orgId: _, team, kind, gets, createdAt, createdBy, lastSentAt, ...row }) => ({
        ...row,
        kind: kind as ChannelKind,
        gets: gets as News[],
        team: team === '' ? null : { slug: team, name: names.team(team) },
        createdAt: createdAt.toISOString(),
        createdBy: byWhom(createdBy),
        lastSentAt: lastSentAt?.toISOString() ?? null,
      })),
      deliveries: await undelivered(tx, orgId, names, 'channel'),
    };
  });
}

const PERSON = 'person:';

/** Whoever added a channel by the name that they have now; what is no person by its own. */
async function adderNames(
  tx: Tx,
  orgId: OrgId,
  rows: readonly { createdBy: string }[],
): Promise<(createdBy: string) => string> {
  const ids = rows.flatMap(({ createdBy }) =>
    createdBy.startsWith(PERSON) ? [createdBy.slice(PERSON.length)] : [],
  );
  const people = await tx.person.findMany({
    where: { orgId, id: { in: ids } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [`${PERSON}${id}`, name]));
  return (createdBy) => names.get(createdBy) ?? createdBy;
}
