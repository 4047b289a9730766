import type { Metadata } from 'next';
import { AgentsView } from '@/components/agents/agents-view';
import { decodePart } from '@/components/layout/params';
import { loadAgents } from '@/lib/agents/loaders';

export const metadata: Metadata = { title: 'Agents' };

export default async function AgentsPage({ params }: { params: Promise<{ org: string }> }) {
  const org = decodePart((await params).org);
  return <AgentsView org={org} list={await loadAgents(org)} />;
}
