'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { systemClock } from '@/lib/platform/clock';
import type { FormState } from '@/lib/platform/form-state';
import { clearSessionCookie, writeSessionCookie } from '@/lib/platform/session-cookie';
import { answering } from './form-action';
import { currentSession, requireSession } from './gate';
import { SESSION_LIFE_MS, signIn, signOut } from './mutations';

export async function signInAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answering(form, async () => {
    const userAgent = (await headers()).get('user-agent');
    const { secret, slug } = await signIn(String(form.get('link') ?? ''), userAgent, systemClock);
    await writeSessionCookie(secret, SESSION_LIFE_MS);
    redirect(`/${encodeURIComponent(slug)}`);
  });
}

export async function signOutAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answering(form, async () => {
    const session = await currentSession();
    if (session) await signOut((await requireSession(session.organisation.slug)).ctx);
    await clearSessionCookie();
    redirect('/login');
  });
}
