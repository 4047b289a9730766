import type { Metadata } from 'next';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { MembersView } from '@/components/members/members-view';
import { loadMembers } from '@/lib/members/loaders';

export const metadata: Metadata = { title: 'People' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function MembersPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const typed = firstOf((await searchParams).q) ?? '';
  return <MembersView org={org} page={await loadMembers(org)} typed={typed} />;
}
