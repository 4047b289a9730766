import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { RecordView } from '@/components/record/record-view';
import { loadShell } from '@/lib/organisations/loaders';

export const metadata: Metadata = { title: 'Record by hand' };

export default async function RecordPage({ params }: { params: Promise<{ org: string }> }) {
  const org = decodePart((await params).org);
  const { teams, categories } = await loadShell(org);
  return <RecordView org={org} teams={teams} categories={categories} />;
}
