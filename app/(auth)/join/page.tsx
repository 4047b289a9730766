import type { Metadata } from 'next';
import { firstOf, type SearchParams } from '@/components/layout/params';
import { JoinView } from '@/components/members/join-view';
import { AuthFrame } from '@/components/sessions/auth-frame';
import { loadInvitation } from '@/lib/members/loaders';

export const metadata: Metadata = { title: 'Join', referrer: 'same-origin' };

/** Looking at the page accepts nothing: mail scanners and previews look, too. */
export default async function JoinPage({ searchParams }: { searchParams: SearchParams }) {
  const invitation = firstOf((await searchParams).invitation) ?? '';
  return (
    <AuthFrame>
      <JoinView invitation={invitation} preview={await loadInvitation(invitation)} />
    </AuthFrame>
  );
}
