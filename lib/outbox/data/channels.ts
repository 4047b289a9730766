import type { News } from '@/lib/domain/notice/recipients';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
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
    return {
      teams: names.teams,
      items: rows.map(({ orgId: _, team, kind, gets, createdAt, lastSentAt, ...row }) => ({
        ...row,
        kind: kind as ChannelKind,
        gets: gets as News[],
        team: team === '' ? null : { slug: team, name: names.team(team) },
        createdAt: createdAt.toISOString(),
        lastSentAt: lastSentAt?.toISOString() ?? null,
      })),
      deliveries: await undelivered(tx, orgId, names, 'channel'),
    };
  });
}
