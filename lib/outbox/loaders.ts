import 'server-only';
import { requireSession } from '@/lib/sessions/gate';
import { getChannels } from './data/channels';
import { getOwnMails } from './data/own-mails';
import type { ChannelsPage, OwnMails } from './types';

export async function loadChannels(org: string): Promise<ChannelsPage> {
  const { orgId } = await requireSession(org);
  return getChannels(orgId);
}

export async function loadOwnMails(org: string): Promise<OwnMails> {
  const { orgId, person } = await requireSession(org);
  return getOwnMails(orgId, { personId: person.id, grants: person.grants });
}
