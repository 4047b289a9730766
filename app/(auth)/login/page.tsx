import type { Metadata } from 'next';
import { firstOf, type SearchParams } from '@/components/layout/params';
import { AuthFrame } from '@/components/sessions/auth-frame';
import { LoginView } from '@/components/sessions/login-view';

export const metadata: Metadata = { title: 'Sign in' };

/** `?problem=used|expired|unknown|ended` says why one is here. */
export default async function LoginPage({ searchParams }: { searchParams: SearchParams }) {
  const { problem } = await searchParams;
  return (
    <AuthFrame>
      <LoginView problem={firstOf(problem)} />
    </AuthFrame>
  );
}
