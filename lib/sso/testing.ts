import type { z } from 'zod';
import { inOrg } from '@/lib/platform/db';
import type { OpenIdProvider } from '@/lib/testing/openid-provider';
import type { TestOrganisation } from '@/lib/testing/organisation';
import type { PostedForm, SamlIdentityProvider } from '@/lib/testing/saml-provider';
import { beginSignInByEmail } from './mutations/begin';
import type { Finished } from './mutations/conclude';
import { addConnection, switchConnection, tryConnection } from './mutations/connections';
import { addSamlConnection } from './mutations/saml-connections';
import { finishSaml, receiveSaml } from './mutations/saml-sign-in';
import { type Begun, finishSignIn } from './mutations/sign-in';
import { samlRefOf } from './saml/addresses';
import {
  type OidcConnection,
  oidcConnectionSchema,
  type SamlConnection,
  samlConnectionSchema,
} from './schema';

/** Follows redirects as a browser would, with its cookies, until it is sent to an address that begins with `end`. */
export async function browse(url: string, end: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = new URL(url);
  for (let steps = 0; steps < 20; steps += 1) {
    if (at.href.startsWith(end)) return at;
    const answer = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null)
      throw new Error(`${at.href} leads nowhere: ${answer.status} ${await answer.text()}`);
    at = new URL(location, at);
  }
  throw new Error('Too many redirects.');
}

/** Brings the provider's answer to Gait, as the browser does that began. */
export async function answerOf(org: TestOrganisation, connectionId: string, begun: Begun): Promise<Finished> {
  const url = await browse(begun.url, 'http://localhost:3000/api/auth/oidc/');
  return finishSignIn(
    { connectionId, url, browser: begun.browser, userAgent: 'a browser', requestId: 'r' },
    org.clock,
  );
}

/** Begins as somebody who types an address of the domain `acme.example`. */
export async function beginAtProvider({ clock }: TestOrganisation): Promise<Begun> {
  const begun = await beginSignInByEmail('ana@acme.example', clock);
  if (begun.kind !== 'provider') throw new Error('No provider answers for the domain.');
  return begun.begun;
}

/** A connection to the provider, tried and switched on, for the domain `acme.example`, which counts as verified. */
export async function aConnection(org: TestOrganisation, provider: OpenIdProvider): Promise<string> {
  const { id } = await addConnection(org.owner, connectionTo(provider));
  await vouchedFor(org, id);
  return id;
}

/** What the form of a connection to the provider sends. */
export function connectionTo(
  { issuer, clientId, clientSecret }: Pick<OpenIdProvider, 'issuer' | 'clientId' | 'clientSecret'>,
  more: Partial<z.input<typeof oidcConnectionSchema>> = {},
): OidcConnection {
  return oidcConnectionSchema.parse({
    name: 'The provider',
    issuer,
    clientId,
    clientSecret,
    isPublicClient: false,
    scopes: '',
    subjectClaim: '',
    emailClaim: '',
    nameClaim: '',
    groupsClaim: '',
    trustsAddresses: false,
    joining: 'anyone',
    ...more,
  });
}

/** The domain `acme.example` counts as verified, and signs in through the connection. */
async function vouchedFor({ orgId, clock }: TestOrganisation, id: string): Promise<void> {
  await inOrg(orgId, async (tx) => {
    const at = clock.now();
    await tx.emailDomain.create({
      data: {
        orgId,
        domain: 'acme.example',
        challenge: 'x',
        createdAt: at,
        verifiedAt: at,
        connectionId: id,
      },
    });
    await tx.domainRoute.createMany({ data: [{ orgId, domain: 'acme.example' }], skipDuplicates: true });
  });
}

/** Tries the connection as an admin does, then switches it on. */
export async function switchedOn(org: TestOrganisation, id: string): Promise<void> {
  await answerOf(org, id, await tryConnection(org.owner, { connection: id }));
  await switchConnection(org.owner, { connection: id, to: 'on' });
}

/** A connection to the SAML provider, for the domain `acme.example`, which counts as verified. */
export async function aSamlConnection(
  org: TestOrganisation,
  provider: Pick<SamlIdentityProvider, 'metadataUrl'>,
  more: Partial<z.input<typeof samlConnectionSchema>> = {},
): Promise<string> {
  const { id } = await addSamlConnection(org.owner, rulesOf(provider, more));
  await vouchedFor(org, id);
  return id;
}

/** What the form of a connection to the SAML provider sends. */
export function rulesOf(
  { metadataUrl }: Pick<SamlIdentityProvider, 'metadataUrl'>,
  more: Partial<z.input<typeof samlConnectionSchema>> = {},
): SamlConnection {
  return samlConnectionSchema.parse({
    name: 'The provider',
    joining: 'anyone',
    metadataUrl,
    metadataXml: '',
    subjectClaim: '',
    emailClaim: '',
    nameClaim: '',
    groupsClaim: '',
    trustsAddresses: true,
    allowIdpInitiated: false,
    ...more,
  });
}

/** Brings what the provider let the browser post, and comes back for it as the browser that began. */
export async function bringSaml(
  org: TestOrganisation,
  connectionId: string,
  { form, browser }: { form: PostedForm; browser: string | null },
): Promise<Finished> {
  const ref = samlRefOf(org.orgId, connectionId);
  const bringer = { userAgent: 'a browser', requestId: 'r' };
  const received = await receiveSaml(
    { ref, response: form.SAMLResponse, relayState: form.RelayState, ...bringer },
    org.clock,
  );
  if (received.kind !== 'waits') return received;
  return finishSaml({ ref, state: received.state, browser, ...bringer }, org.clock);
}

/** Signs in at the SAML provider and brings its answer to Gait, as the browser does that began. */
export async function samlAnswerOf(
  org: TestOrganisation,
  connectionId: string,
  provider: Pick<SamlIdentityProvider, 'visit'>,
  { url, browser }: Begun,
): Promise<Finished> {
  return bringSaml(org, connectionId, { form: await provider.visit(url), browser });
}
