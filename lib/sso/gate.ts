import 'server-only';
import { systemClock } from '@/lib/platform/clock';
import { translateDatabaseError } from '@/lib/platform/db-errors';
import { publicUrl } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';
import { clearAttemptCookie, readAttemptCookie } from '@/lib/platform/session-cookie';
import { enterSession } from '@/lib/sessions/enter';
import type { Finished } from './mutations/conclude';
import { finishSaml, receiveSaml } from './mutations/saml-sign-in';
import { finishSignIn } from './mutations/sign-in';
import { connectionPage } from './pages';
import { readPosted } from './saml/posted';

/** The OpenID provider sent the browser back. */
export async function finishOidcRequest(
  request: Request,
  connectionId: string,
  requestId: string,
): Promise<Response> {
  const browser = await readAttemptCookie();
  await clearAttemptCookie();
  const { search } = new URL(request.url);
  // Behind a proxy the request's own address is not the public one, which is what the provider was told.
  const url = new URL(`/api/auth/oidc/${encodeURIComponent(connectionId)}/callback${search}`, publicUrl());
  return orToLogin(connectionId, requestId, async () =>
    arrive(
      await finishSignIn({ connectionId, url, browser, ...bringerOf(request, requestId) }, systemClock),
      requestId,
    ),
  );
}

/** A SAML provider let the browser post its response: what answers a request of ours is brought by the browser itself, by GET. */
export async function receiveSamlRequest(
  request: Request,
  ref: string,
  requestId: string,
): Promise<Response> {
  return orToLogin(ref, requestId, async () => {
    const received = await receiveSaml(
      { ref, ...(await readPosted(request)), ...bringerOf(request, requestId) },
      systemClock,
    );
    if (received.kind !== 'waits') return arrive(received, requestId);
    const query = new URLSearchParams({ state: received.state });
    return goTo(`/api/auth/saml/${ref}/finish?${query}`);
  });
}

/** The browser came for the response that was posted. */
export async function finishSamlRequest(request: Request, ref: string, requestId: string): Promise<Response> {
  const browser = await readAttemptCookie();
  await clearAttemptCookie();
  const state = new URL(request.url).searchParams.get('state') ?? '';
  return orToLogin(ref, requestId, async () =>
    arrive(
      await finishSaml({ ref, state, browser, ...bringerOf(request, requestId) }, systemClock),
      requestId,
    ),
  );
}

/** What `docs/sign-in.md` tells admins to look for. */
const REFUSED = 'sign-in refused';

const bringerOf = (request: Request, requestId: string) => ({
  userAgent: request.headers.get('user-agent'),
  requestId,
});

/**
 * Why an answer was refused, but of a trial, stands in the log under the request's id; the person reads only that it did not work, since whoever
 * sent a forged answer should learn nothing from it.
 */
async function orToLogin(connection: string, requestId: string, run: () => Promise<Response>) {
  try {
    return await run();
  } catch (thrown) {
    const error = translateDatabaseError(thrown);
    if (!isAppError(error)) logger().error({ err: thrown, requestId }, 'sign-in failed');
    else if (error.status >= 500) throw error;
    else logger().warn({ requestId, connection, reason: error.message }, REFUSED);
    return goTo(`/login?problem=sso&request=${requestId}`);
  }
}

async function arrive(finished: Finished, requestId: string): Promise<Response> {
  if (finished.kind === 'tried') {
    const { slug, connectionId: connection, failure: reason } = finished;
    if (reason !== null) logger().warn({ requestId, connection, reason }, REFUSED);
    return goTo(connectionPage(slug, connection));
  }
  const landing = await enterSession(finished.session);
  return goTo(finished.returnTo ?? landing);
}

function goTo(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path } });
}
