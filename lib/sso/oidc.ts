import * as client from 'openid-client';
import { AppError, messageOf } from '@/lib/platform/errors';
import { safeFetch } from '@/lib/platform/safe-fetch';
import type { OidcSettings } from './schema';

/** What an answer of the provider is checked against. */
export type OidcChecks = { nonce: string; verifier: string; maxAge?: number };

/** How far the provider's clock may differ from ours, in seconds. */
const CLOCK_TOLERANCE_S = 30;
/** The provider's description of itself is read again after so long, in ms. */
const KEPT_MS = 10 * 60_000;
const MOST_KEPT = 200;

const kept = new Map<string, { at: number; opened: Promise<client.Configuration> }>();

/** All that the provider is asked goes through our own fetch, which is not led into the own network. */
const fetchSafely: client.CustomFetch = async (url, { method, headers, body }) => {
  const {
    status,
    headers: answered,
    body: text,
  } = await safeFetch(url, {
    method: method === 'POST' ? 'POST' : 'GET',
    headers,
    ...(body !== undefined && body !== null && { body: String(body) }),
  });
  const type = answered['content-type'];
  return new Response(status === 204 ? null : text, {
    status,
    headers: type ? { 'content-type': type } : {},
  });
};

/** Reads what the provider says of itself, and keeps it for a while. @param now ms since 1970 */
function open(settings: OidcSettings, secret: string | null, now: number): Promise<client.Configuration> {
  const key = JSON.stringify([settings.issuer, settings.clientId, secret]);
  const held = kept.get(key);
  if (held && now - held.at < KEPT_MS) return held.opened;
  if (kept.size >= MOST_KEPT) kept.clear();
  const opened = discover(settings, secret);
  kept.set(key, { at: now, opened });
  opened.catch(() => kept.delete(key));
  return opened;
}

async function discover(
  { issuer, clientId }: OidcSettings,
  secret: string | null,
): Promise<client.Configuration> {
  const isPlain = issuer.startsWith('http:');
  const found = await client
    .discovery(new URL(issuer), clientId, {}, client.None(), {
      [client.customFetch]: fetchSafely,
      execute: isPlain ? [client.allowInsecureRequests] : [],
    })
    .catch((error: unknown) => {
      throw providerError('The provider did not describe itself', error);
    });
  const metadata = found.serverMetadata();
  const posts = metadata.token_endpoint_auth_methods_supported?.includes('client_secret_post');
  const auth =
    secret === null
      ? client.None()
      : posts
        ? client.ClientSecretPost(secret)
        : client.ClientSecretBasic(secret);
  const config = new client.Configuration(
    metadata,
    clientId,
    { ...(secret !== null && { client_secret: secret }), [client.clockTolerance]: CLOCK_TOLERANCE_S },
    auth,
  );
  config[client.customFetch] = fetchSafely;
  if (isPlain) client.allowInsecureRequests(config);
  // The connection to the provider is proof enough for the specification; the signature is checked all the same.
  client.enableNonRepudiationChecks(config);
  return config;
}

type Begin = { redirectUri: string; state: string; loginHint?: string; fresh: boolean; now: number };

/** Where to send the browser, and what to keep until it comes back. `fresh`: the provider shall ask anew who it is. */
export async function beginOidc(
  settings: OidcSettings,
  secret: string | null,
  { redirectUri, state, loginHint, fresh, now }: Begin,
): Promise<{ url: string; checks: OidcChecks }> {
  const config = await open(settings, secret, now);
  const checks = {
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    ...(fresh && { maxAge: 0 }),
  };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: settings.scopes,
    code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
    code_challenge_method: 'S256',
    state,
    nonce: checks.nonce,
    ...(loginHint && { login_hint: loginHint }),
    ...(fresh && { max_age: '0', prompt: 'login' }),
  });
  return { url: url.href, checks };
}

type Answered = { answer: URL; state: string; checks: OidcChecks; now: number };

/**
 * The claims behind the provider's answer. Checked: state, issuer, audience, nonce, PKCE, signature, times; and that the code is
 * good only once is the provider's to say. What the ID token leaves out is asked of the userinfo endpoint, for the same subject.
 * @throws AppError `unauthenticated` with a reason that is for the log
 */
export async function finishOidc(
  settings: OidcSettings,
  secret: string | null,
  { answer, state, checks, now }: Answered,
): Promise<{ issuer: string; claims: Record<string, unknown> }> {
  const config = await open(settings, secret, now);
  try {
    const tokens = await client.authorizationCodeGrant(config, answer, {
      expectedState: state,
      expectedNonce: checks.nonce,
      pkceCodeVerifier: checks.verifier,
      idTokenExpected: true,
      ...(checks.maxAge !== undefined && { maxAge: checks.maxAge + CLOCK_TOLERANCE_S }),
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('no ID token came');
    requireOwn(claims, settings.clientId, now / 1000);
    const { userinfo_endpoint: userinfo, issuer } = config.serverMetadata();
    const more = userinfo ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
    return { issuer, claims: { ...(claims.email === undefined ? more : withoutAddress(more)), ...claims } };
  } catch (error) {
    throw providerError('The provider’s answer is refused', error);
  }
}

/**
 * What the library leaves open: one audience may stand beside another authorised party, and an ID token may come from the future.
 * Its expiry is looked at again by the clock that was handed in. @param now s since 1970
 */
function requireOwn({ azp, iat, exp }: client.IDToken, clientId: string, now: number): void {
  if (azp !== undefined && azp !== clientId) throw new Error('the ID token was made for another party (azp)');
  if (iat > now + CLOCK_TOLERANCE_S) throw new Error('the ID token is of a time to come (iat)');
  if (exp <= now - CLOCK_TOLERANCE_S) throw new Error('the ID token has expired (exp)');
}

/** Whether an address is verified is said of the address beside it, never of one from elsewhere. */
function withoutAddress(claims: Record<string, unknown>): Record<string, unknown> {
  const { email: _, email_verified: __, ...rest } = claims;
  return rest;
}

/** What the provider is, for the form: throws when it cannot be read. */
export async function describeOidc(
  settings: OidcSettings,
  secret: string | null,
  now: number,
): Promise<{ issuer: string; authorizationEndpoint: string }> {
  const { issuer, authorization_endpoint: authorizationEndpoint = '' } = (
    await open(settings, secret, now)
  ).serverMetadata();
  return { issuer, authorizationEndpoint };
}

function providerError(what: string, error: unknown): AppError {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  const code = error instanceof Error && 'error' in error ? ` [${String(error.error)}]` : '';
  return new AppError('unauthenticated', `${what}: ${messageOf(error)}${code}${cause}.`, { cause: error });
}
