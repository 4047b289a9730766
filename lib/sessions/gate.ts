import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { systemClock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { publicUrl } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { readSessionCookie } from '@/lib/platform/session-cookie';
import { findSession, type LiveSession } from './data';

export type Gate = LiveSession & { ctx: Ctx };

/** The session of this request, looked up once. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const secret = await readSessionCookie();
  return secret === null ? null : findSession(secret, systemClock.now());
});

/**
 * Lets a signed-in person into their organisation's pages and deeds. Nobody signed in: to the sign-in page. Another
 * organisation's address: not found, so that nobody learns which names exist.
 */
export async function requireSession(slug: string): Promise<Gate> {
  const session = await currentSession();
  if (!session) redirect('/login');
  if (session.organisation.slug !== slug) notFound();
  const { orgId, id, person } = session;
  const actor = {
    kind: 'user',
    personId: person.id,
    name: person.name,
    role: person.role,
    sessionId: id,
  } as const;
  return { ...session, ctx: { orgId, actor, clock: systemClock, requestId: newId() } };
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

function ctxOf({ orgId, id, person }: LiveSession, requestId: string): Ctx {
  const actor = {
    kind: 'user',
    personId: person.id,
    name: person.name,
    role: person.role,
    sessionId: id,
  } as const;
  return { orgId, actor, clock: systemClock, requestId };
}
