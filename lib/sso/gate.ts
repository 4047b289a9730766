import 'server-only';
import { addressOf } from '@/lib/platform/client-address';
import { systemClock } from '@/lib/platform/clock';
import { translateDatabaseError } from '@/lib/platform/db-errors';
import { publicUrl } from '@/lib/platform/env';
import { type AppError, isAppError } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';
import { limitingRefusals, signInTries } from '@/lib/platform/rate-limit';
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
  return orToLogin(request, { connection: connectionId, requestId }, async () =>
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
  return orToLogin(request, { connection: ref, requestId }, async () => {
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
  return orToLogin(request, { connection: ref, requestId }, async () =>
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
 * sent a forged answer should learn nothing from it. Answers that do not work count against where they come from and against the connection.
 */
async function orToLogin(
  request: Request,
  { connection, requestId }: { connection: string; requestId: string },
  run: () => Promise<Response>,
): Promise<Response> {
  try {
    const client = addressOf({ header: (name) => request.headers.get(name) });
    return await limitingRefusals(signInTries(client, connection), run);
  } catch (thrown) {
    const error = translateDatabaseError(thrown);
    if (!isAppError(error)) logger().error({ err: thrown, requestId }, 'sign-in failed');
    else if (error.status >= 500) throw error;
    else logger().warn({ requestId, connection, reason: reasonOf(error) }, REFUSED);
    const problem = isAppError(error) && error.code === 'limited' ? 'limited' : 'sso';
    return goTo(`/login?problem=${problem}&request=${requestId}`);
  }
}

/** Who runs Gait reads what was wrong, also where it was one too many. */
function reasonOf({ code, message, cause }: AppError): string {
  return code === 'limited' && isAppError(cause) ? `${cause.message} ${message}` : message;
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
