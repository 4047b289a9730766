import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { SignInView } from '@/components/sso/sign-in-view';
import { loadSignInSettings } from '@/lib/sso/loaders';

export const metadata: Metadata = { title: 'Sign-in' };

export default async function SignInSettingsPage({ params }: { params: Promise<{ org: string }> }) {
  const org = decodePart((await params).org);
  return <SignInView org={org} settings={await loadSignInSettings(org)} />;
}
