import 'server-only';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { may } from '@/lib/domain/ability';
import { systemClock } from '@/lib/platform/clock';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import { publicUrl } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { PAGE_HEADER } from '@/lib/platform/page-asked';
import { readSessionCookie } from '@/lib/platform/session-cookie';
import { actorOf } from './actor';
import { findSession, type LiveSession } from './data';
import { detour } from './reading-link';

export type Gate = LiveSession & { ctx: Ctx };

/** The session of this request, looked up once. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const secret = await readSessionCookie();
  return secret === null ? null : findSession(secret, systemClock.now());
});

/**
 * Lets a signed-in person into their organisation's pages and deeds. Nobody signed in: to the sign-in page. Another
 * organisation's address: not found, so that nobody learns which names exist. No role yet: to the page that says so.
 */
export async function requireSession(slug: string): Promise<Gate> {
  const session = await currentSession();
  if (!session) return signInFirst();
  if (session.organisation.slug !== slug) notFound();
  if (!mayRead(session)) redirect('/no-role');
  return { ...session, ctx: ctxOf(session, newId()) };
}

/** The signed-in person of any organisation, with or without a role: for what is about themselves. */
export async function requireSomebody(): Promise<Gate> {
  const session = await currentSession();
  if (!session) return signInFirst();
  return { ...session, ctx: ctxOf(session, newId()) };
}

/** To sign-in, and from there back to the page. A form that was sent leads to sign-in alone: it is not sent again by itself. */
async function signInFirst(): Promise<never> {
  redirect(detour((await headers()).get(PAGE_HEADER), systemClock.now()));
}

/** Somebody with a role anywhere reads everything: the map is one. */
export function mayRead({ person: { grants } }: LiveSession): boolean {
  return grants.some((grant) => may(grants, 'read', grant.team));
}

/**
 * The signed-in person behind an API request. The cookie alone does not prove that the person meant it, so the
 * request must come from Gait's own pages: browsers say so in `Sec-Fetch-Site` and `Origin`.
 */
export async function requirePerson(request: Request, requestId: string): Promise<Ctx> {
  const session = await currentSession();
  if (!session)
    throw new AppError(
      'unauthenticated',
      'Sign in first: a promotion waits for a named person, and a token is none.',
    );
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const isOwn = site === 'same-origin' && (origin === null || origin === new URL(publicUrl()).origin);
  if (!isOwn) throw new AppError('forbidden', "Decisions are taken on Gait's own pages.");
  return ctxOf(session, requestId);
}

/** The organisation of whoever has a page open that asks by itself: that counts as no use of the session. Null: nobody is signed in. */
export async function findWatcher(): Promise<OrgId | null> {
  const secret = await readSessionCookie();
  const session = secret === null ? null : await findSession(secret, systemClock.now(), { isUse: false });
  if (!session) return null;
  if (!mayRead(session)) throw new AppError('forbidden', 'You have no role here yet.');
  return session.orgId;
}

function ctxOf(session: LiveSession, requestId: string): Ctx {
  return { orgId: session.orgId, actor: actorOf(session), clock: systemClock, requestId };
}
