import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { requireSession, requireSomebody } from '@/lib/sessions/gate';
import { providerOfSession } from './data/provider-of-session';
import { getConnection, getSignInSettings } from './data/settings';
import type { ConnectionPage, SignInSettings } from './types';

export async function loadSignInSettings(org: string): Promise<SignInSettings> {
  return getSignInSettings((await requireSession(org)).ctx);
}

/** Once a request, though the page and its title both ask. */
export const loadConnection = cache(async (org: string, id: string): Promise<ConnectionPage> => {
  const { ctx } = await requireSession(org);
  if (!z.uuid().safeParse(id).success) notFound();
  return (await getConnection(ctx, id)) ?? notFound();
});

/** Somebody signed in who is to prove it anew: at the provider they came from, or (null) by a link. */
export async function loadWhoProves(): Promise<{ name: string; provider: string | null }> {
  const { ctx, person } = await requireSomebody();
  return { name: person.name, provider: await providerOfSession(ctx.orgId, ctx.actor) };
}
