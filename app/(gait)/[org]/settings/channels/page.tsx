import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { ChannelsView } from '@/components/outbox/channels-view';
import { loadChannels } from '@/lib/outbox/loaders';

export const metadata: Metadata = { title: 'Channels' };

export default async function ChannelsSettingsPage({ params }: { params: Promise<{ org: string }> }) {
  const org = decodePart((await params).org);
  return <ChannelsView org={org} page={await loadChannels(org)} />;
}
