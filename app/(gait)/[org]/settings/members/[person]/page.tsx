import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { MemberView } from '@/components/members/member-view';
import { withoutBidiControls } from '@/lib/domain/bidi';
import { loadMember } from '@/lib/members/loaders';

type Props = { params: Promise<{ org: string; person: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, person } = await params;
  return { title: withoutBidiControls((await loadMember(decodePart(org), decodePart(person))).person.name) };
}

export default async function MemberPage({ params }: Props) {
  const { org: orgPart, person } = await params;
  const org = decodePart(orgPart);
  return <MemberView org={org} page={await loadMember(org, decodePart(person))} />;
}
