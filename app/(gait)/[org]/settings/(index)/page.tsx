import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { SettingsView } from '@/components/settings/settings-view';
import { loadShell } from '@/lib/organisations/loaders';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ params }: { params: Promise<{ org: string }> }) {
  const org = decodePart((await params).org);
  const { organisation } = await loadShell(org);
  return <SettingsView org={org} isSample={organisation.isSample} />;
}
