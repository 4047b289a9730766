'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { systemClock } from '@/lib/platform/clock';
import type { FormState } from '@/lib/platform/form-state';
import { clearSessionCookie } from '@/lib/platform/session-cookie';
import { signInByLink } from './by-link';
import { enterSession } from './enter';
import { answering } from './form-action';
import { currentSession, requireSomebody } from './gate';
import { signOut } from './mutations';
import { whoAsks } from './who-asks';

export async function signInAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answering(form, async () => {
    const userAgent = (await headers()).get('user-agent');
    const link = String(form.get('link') ?? '');
    const opened = await signInByLink(link, { client: await whoAsks(), userAgent }, systemClock);
    redirect(await enterSession(opened));
  });
}

export async function signOutAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answering(form, async () => {
    if (await currentSession()) await signOut((await requireSomebody()).ctx);
    await clearSessionCookie();
    redirect('/login');
  });
}
