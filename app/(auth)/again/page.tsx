import type { Metadata } from 'next';
import { firstOf, type SearchParams } from '@/components/layout/params';
import { AgainView } from '@/components/sessions/again-view';
import { AuthFrame } from '@/components/sessions/auth-frame';
import { loadWhoProves } from '@/lib/sso/loaders';

export const metadata: Metadata = { title: 'Prove who you are' };

export default async function AgainPage({ searchParams }: { searchParams: SearchParams }) {
  const back = firstOf((await searchParams).back) ?? '';
  return (
    <AuthFrame>
      <AgainView {...(await loadWhoProves())} back={back} />
    </AuthFrame>
  );
}
