import type { Metadata } from 'next';
import { firstOf, type SearchParams } from '@/components/layout/params';
import { UnsubscribeView } from '@/components/reports/unsubscribe-view';
import { AuthFrame } from '@/components/sessions/auth-frame';

export const metadata: Metadata = { title: 'No more of these mails' };

export default async function UnsubscribePage({ searchParams }: { searchParams: SearchParams }) {
  const { of, done } = await searchParams;
  return (
    <AuthFrame>
      <UnsubscribeView of={firstOf(of)} isDone={firstOf(done) !== undefined} />
    </AuthFrame>
  );
}
