import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { MembersView } from '@/components/members/members-view';
import { loadMembers } from '@/lib/members/loaders';

export const metadata: Metadata = { title: 'People' };

export default async function MembersPage({ params }: { params: Promise<{ org: string }> }) {
  const org = decodePart((await params).org);
  return <MembersView org={org} page={await loadMembers(org)} />;
}
