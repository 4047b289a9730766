import type { Metadata } from 'next';
import { firstOf, type SearchParams } from '@/components/layout/params';
import { AuthFrame } from '@/components/sessions/auth-frame';
import { LoginView } from '@/components/sessions/login-view';

export const metadata: Metadata = { title: 'Sign in' };

/** `?problem=used|expired|unknown|ended|sso|limited` says why one is here, and `?request=` under which number the log says more. */
export default async function LoginPage({ searchParams }: { searchParams: SearchParams }) {
  const { problem, request } = await searchParams;
  return (
    <AuthFrame>
      <LoginView problem={firstOf(problem)} request={firstOf(request)} />
    </AuthFrame>
  );
}
