import 'server-only';
import { systemClock } from '@/lib/platform/clock';
import { previewSignInLink } from './data';
import { currentSession } from './gate';
import type { SignInLinkPreview } from './types';

/** Where a signed-in person belongs; null when nobody is signed in. */
export async function loadHome(): Promise<{ slug: string } | null> {
  const session = await currentSession();
  return session && { slug: session.organisation.slug };
}

export function loadSignInLink(secret: string): Promise<SignInLinkPreview> {
  return previewSignInLink(secret, systemClock.now());
}
