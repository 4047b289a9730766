import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { requireSession } from '@/lib/sessions/gate';
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
