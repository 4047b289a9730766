import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { RemoveSampleView } from '@/components/sample/remove-sample-view';
import { loadShell } from '@/lib/organisations/loaders';

export const metadata: Metadata = { title: 'Sample data' };

export default async function SamplePage({ params }: { params: Promise<{ org: string }> }) {
  const { organisation } = await loadShell(decodePart((await params).org));
  return <RemoveSampleView organisation={organisation} />;
}
