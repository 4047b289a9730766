import type { Metadata } from 'next';
import { firstOf, type SearchParams } from '@/components/layout/params';
import { AuthFrame } from '@/components/sessions/auth-frame';
import { LoginView } from '@/components/sessions/login-view';
import { SignInForm } from '@/components/sessions/sign-in-form';
import { loadSignInLink } from '@/lib/sessions/loaders';

export const metadata: Metadata = { title: 'Sign in', referrer: 'same-origin' };

/** Looking at the page uses nothing up: mail scanners and previews look, too. */
export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const link = firstOf((await searchParams).link) ?? '';
  const preview = await loadSignInLink(link);
  return (
    <AuthFrame>
      {preview.state === 'ready' ? (
        <>
          <h1 className="text-2xl font-semibold tracking-tight">
            Sign in to <bdi>{preview.organisationName}</bdi>?
          </h1>
          <p className="text-muted">This link signs in one person, once. Go on only if that is you.</p>
          <SignInForm link={link} personName={preview.personName} />
        </>
      ) : (
        <LoginView problem={preview.state} />
      )}
    </AuthFrame>
  );
}
