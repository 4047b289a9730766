import type { Clock } from '@/lib/platform/clock';
import { inOrg } from '@/lib/platform/db';
import { findConnection, type LiveConnection, redirectUriOf, type SamlLive } from '../data/connections';
import { beginOidc, finishOidc, type OidcChecks } from '../oidc';
import { samlAddressesOf } from '../saml/addresses';
import { beginSaml, type SamlParty } from '../saml/protocol';
import { createAttemptSecrets, keepAttempt, type NewAttempt, refused, takeAttempt } from './attempts';
import { type Bringer, conclude, type Finished, requireOn } from './conclude';
import { withFreshMetadata } from './saml-metadata';
import { tellingTrials } from './trials';

/** Where to send the browser, and the secret that it keeps until it comes back. */
export type Begun = { url: string; browser: string };

type Begin = Omit<NewAttempt, 'orgId' | 'connectionId'> & { loginHint?: string };

/** Begins a sign-in at the connection's provider. */
export async function beginSignIn(
  connection: LiveConnection,
  { loginHint, ...about }: Begin,
  clock: Clock,
): Promise<Begun> {
  const { orgId, id } = connection;
  const secrets = createAttemptSecrets(orgId);
  const begin = { state: secrets.state, fresh: about.purpose === 'fresh', now: clock.now().getTime() };
  const { url, checks } =
    connection.kind === 'saml'
      ? await beginSaml(partyOf(await withFreshMetadata(connection, clock)), begin)
      : await beginOidc(connection.settings, connection.secret, {
          ...begin,
          redirectUri: redirectUriOf(id),
          ...(loginHint && { loginHint }),
        });
  await keepAttempt({ orgId, connectionId: id, ...about }, secrets, checks, clock);
  return { url, browser: secrets.browser };
}

export function partyOf({ orgId, id, settings, keys }: SamlLive): SamlParty {
  return { settings, keys, addresses: samlAddressesOf(orgId, id) };
}

export type Answer = Bringer & {
  connectionId: string;
  /** The address that the provider sent the browser to, under our own public address. */
  url: URL;
  browser: string | null;
};

/**
 * Takes an OpenID provider's answer. The attempt is used up first; then the answer is checked; then it is concluded. Of a trial that
 * fails the reason is kept for whoever tries.
 * @throws AppError `unauthenticated` with a reason that is for the log alone
 */
export async function finishSignIn(answer: Answer, clock: Clock): Promise<Finished> {
  const { connectionId, url, browser, ...bringer } = answer;
  const state = url.searchParams.get('state') ?? '';
  const attempt = await takeAttempt<OidcChecks>({ state, browser, connectionId }, clock);
  const { orgId, purpose, checks, problem } = attempt;
  return tellingTrials(attempt, bringer.requestId, clock, async () => {
    if (problem !== null) throw refused(problem);
    const connection = await inOrg(orgId, (tx) => findConnection(tx, orgId, connectionId));
    requireOn(connection, purpose);
    if (connection.kind !== 'oidc') throw refused('the connection is not of OpenID Connect');
    const { issuer, claims } = await finishOidc(connection.settings, connection.secret, {
      answer: url,
      state,
      checks,
      now: clock.now().getTime(),
    });
    return conclude({ ...bringer, connection, attempt, issuer, claims }, clock);
  });
}
