import 'server-only';
import { systemClock } from '@/lib/platform/clock';
import { translateDatabaseError } from '@/lib/platform/db-errors';
import { publicUrl } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';
import { clearAttemptCookie, readAttemptCookie, writeSessionCookie } from '@/lib/platform/session-cookie';
import { type Finished, finishSignIn } from './mutations/sign-in';

/**
 * The provider sent the browser back. Why an answer was refused stands in the log under the request's id; the person reads only
 * that it did not work, since whoever sent a forged answer should learn nothing from it.
 */
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
  const userAgent = request.headers.get('user-agent');
  try {
    return await arrive(
      await finishSignIn({ connectionId, url, browser, userAgent, requestId }, systemClock),
    );
  } catch (thrown) {
    const error = translateDatabaseError(thrown);
    if (!isAppError(error)) logger().error({ err: thrown, requestId }, 'sign-in failed');
    else if (error.status >= 500) throw error;
    else logger().warn({ requestId, connectionId, reason: error.message }, 'sign-in refused');
    return goTo(`/login?problem=sso&request=${requestId}`);
  }
}

async function arrive(finished: Finished): Promise<Response> {
  if (finished.kind === 'tried')
    return goTo(`/${encodeURIComponent(finished.slug)}/settings/sign-in/${finished.connectionId}`);
  const { secret, slug, lifeMs } = finished.session;
  await writeSessionCookie(secret, lifeMs);
  return goTo(finished.returnTo ?? `/${encodeURIComponent(slug)}`);
}

function goTo(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path } });
}
