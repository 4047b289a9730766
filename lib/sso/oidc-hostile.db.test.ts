import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { seal } from '@/lib/platform/seal';
import { createSecret } from '@/lib/platform/secret';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import {
  aHostileOpenIdProvider,
  type HostileProvider,
  type Said,
  type Twist,
} from '@/lib/testing/hostile-openid-provider';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { findConnection, redirectUriOf, sealedFor } from './data/connections';
import type { Finished } from './mutations/conclude';
import { type Answer, beginSignIn, finishSignIn } from './mutations/sign-in';
import type { OidcSettings } from './schema';

const database = aTestDatabase();
const clock = aClock(Date.now());
let provider: HostileProvider;
let acme: TestOrganisation;
let rival: TestOrganisation;

beforeAll(async () => {
  provider = await aHostileOpenIdProvider(() => clock.now().getTime());
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_TRUSTED_HOSTS: new URL(provider.issuer).host,
    GAIT_URL: 'http://localhost:3000',
  });
  acme = await anOrganisation({ clock });
  rival = await anOrganisation({ clock, name: 'Rival' });
  await verified(acme, 'acme.example');
  await verified(rival, 'rival.example');
});
afterAll(() => provider.close());

const ana = { sub: 'ana-1', email: 'ana@acme.example', email_verified: true, name: 'Ana Silva' };

async function verified({ orgId }: TestOrganisation, domain: string): Promise<void> {
  const at = clock.now();
  await inOrg(orgId, (tx) =>
    tx.emailDomain.create({ data: { orgId, domain, challenge: 'x', createdAt: at, verifiedAt: at } }),
  );
}

/** A connection that is on, with a client id of its own: what was read of the provider before is not kept for it. */
async function aConnection({ orgId }: TestOrganisation, more: Partial<OidcSettings> = {}): Promise<string> {
  const id = newId();
  const settings = {
    issuer: provider.issuer,
    clientId: `client-${id}`,
    scopes: 'openid email profile',
    claims: { subject: 'sub', email: 'email', name: 'name', groups: 'groups' },
    trustsAddresses: false,
    ...more,
  };
  await inOrg(orgId, (tx) =>
    tx.connection.create({
      data: {
        orgId,
        id,
        kind: 'oidc',
        name: 'The provider',
        status: 'on',
        settings,
        secretSealed: seal('a-secret', sealedFor(orgId, id)),
        joining: 'anyone',
        createdAt: clock.now(),
      },
    }),
  );
  return id;
}

type Sent = { connectionId: string; browser: string; sent: URLSearchParams };

async function begin({ orgId }: TestOrganisation, connectionId: string): Promise<Sent> {
  const connection = await inOrg(orgId, (tx) => findConnection(tx, orgId, connectionId));
  if (!connection) throw new Error('The connection was just made.');
  const { url, browser } = await beginSignIn(connection, { purpose: 'sign-in' }, clock);
  return { connectionId, browser, sent: new URL(url).searchParams };
}

/** What the browser brings back: `change` is what an attacker made of it. */
type Brought = {
  connectionId: string;
  browser: string | null;
  query: Record<string, string>;
  minutesLater?: number;
};

function bring({ connectionId, browser, query, minutesLater = 0 }: Brought): Promise<Finished> {
  const url = new URL(redirectUriOf(connectionId));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const answer: Answer = { connectionId, url, browser, userAgent: null, requestId: newId() };
  return finishSignIn(answer, aClock(clock.now().getTime() + minutesLater * 60_000));
}

function honest({ connectionId, browser, sent }: Sent, account: Record<string, unknown>): Brought {
  const query = {
    code: provider.authorize(sent, account),
    state: sent.get('state') ?? '',
    iss: provider.issuer,
  };
  return { connectionId, browser, query };
}

/** One thing that is wrong; everything else is right. */
type Wrong = {
  twist?: Twist;
  account?: Record<string, unknown>;
  settings?: Partial<OidcSettings>;
  /** What the browser brings instead. */
  brings?(right: Brought, sent: Sent): Brought | Promise<Brought>;
};

async function attack({ twist = {}, account = ana, settings = {}, brings }: Wrong): Promise<Finished> {
  provider.twist(twist);
  const sent = await begin(acme, await aConnection(acme, settings));
  const right = honest(sent, account);
  return bring(brings ? await brings(right, sent) : right);
}

const claims = (more: Record<string, unknown>): Wrong => ({
  twist: { claims: (right) => ({ ...right, ...more }) },
});
const seconds = () => Math.floor(clock.now().getTime() / 1000);
const query = (more: Record<string, string>): Wrong => ({
  brings: (right) => ({ ...right, query: { ...right.query, ...more } }),
});
const withoutQuery = (name: string): Wrong => ({
  brings: ({ query: { [name]: _, ...rest }, ...right }) => ({ ...right, query: rest }),
});
const token = (said: Said | null): Wrong => ({ twist: { token: () => said } });
const userinfo = (said: Said): Wrong => ({ twist: { userinfo: () => said } });
const discovery = (more: (document: Record<string, unknown>) => Said): Wrong => ({
  twist: { discovery: more },
});
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** By what is wrong: the reason that the log gives, and how it is made. */
const cases: Record<string, [because: RegExp, wrong: () => Wrong]> = {
  // Who speaks, and to whom
  'an ID token of another issuer': [
    /"iss" \(issuer\) claim value/,
    () => claims({ iss: 'https://evil.example' }),
  ],
  'an issuer that differs by a slash': [
    /"iss" \(issuer\) claim value/,
    () => claims({ iss: `${provider.issuer}/` }),
  ],
  'no issuer': [/"iss" \(issuer\) claim missing/, () => claims({ iss: undefined })],
  'another audience': [/"aud" \(audience\) claim value/, () => claims({ aud: 'another-client' })],
  'no audience': [/"aud" \(audience\) claim missing/, () => claims({ aud: undefined })],
  'an audience that only begins so': [
    /"aud" \(audience\) claim value/,
    () => ({
      twist: { claims: (right) => ({ ...right, aud: `${String(right.aud)}-2` }) },
    }),
  ],
  'several audiences without an authorised party': [
    /additional untrusted audiences/,
    () => ({
      twist: { claims: (right) => ({ ...right, aud: [right.aud, 'another-client'] }) },
    }),
  ],
  'several audiences with another authorised party': [
    /"azp"/,
    () => ({
      twist: { claims: (right) => ({ ...right, aud: [right.aud, 'another'], azp: 'another' }) },
    }),
  ],
  'one audience with another authorised party': [/another party/, () => claims({ azp: 'another' })],
  // Nonce
  'no nonce': [/"nonce" \(nonce\) claim missing/, () => claims({ nonce: undefined })],
  'another nonce': [/"nonce" claim value/, () => claims({ nonce: 'another' })],
  'the nonce of another attempt': [
    /"nonce" claim value/,
    () => ({
      brings: async (right, sent) => {
        const other = await begin(acme, sent.connectionId);
        const mixed = new URLSearchParams(sent.sent);
        mixed.set('nonce', other.sent.get('nonce') ?? '');
        return { ...right, query: { ...right.query, code: provider.authorize(mixed, ana) } };
      },
    }),
  ],
  // State
  'no state': [/none of ours/, () => withoutQuery('state')],
  'a state that is none of ours': [/none of ours/, () => query({ state: 'x' })],
  'a state that nobody was given': [
    /unknown or was used/,
    () => query({ state: createSecret('attempt', acme.orgId).secret }),
  ],
  'a state of an organisation that is not there': [
    /unknown or was used/,
    () => query({ state: createSecret('attempt', newId()).secret }),
  ],
  'the state of another connection': [
    /another connection/,
    () => ({
      brings: async (right) => {
        const other = await begin(acme, await aConnection(acme));
        return {
          ...right,
          browser: other.browser,
          query: { ...right.query, state: other.sent.get('state') ?? '' },
        };
      },
    }),
  ],
  'the state of another organisation': [
    /another connection/,
    () => ({
      brings: async (right) => {
        const other = await begin(rival, await aConnection(rival));
        return {
          ...right,
          browser: other.browser,
          query: { ...right.query, state: other.sent.get('state') ?? '' },
        };
      },
    }),
  ],
  'an answer that is brought to another connection': [
    /another connection/,
    () => ({
      brings: async (right) => ({ ...right, connectionId: await aConnection(acme) }),
    }),
  ],
  "an answer that is brought to another organisation's connection": [
    /another connection/,
    () => ({
      brings: async (right) => ({ ...right, connectionId: await aConnection(rival) }),
    }),
  ],
  'an answer in another browser': [
    /another browser/,
    () => ({
      brings: async (right, { connectionId }) => ({
        ...right,
        browser: (await begin(acme, connectionId)).browser,
      }),
    }),
  ],
  'an answer in a browser that began nothing': [
    /another browser/,
    () => ({ brings: (right) => ({ ...right, browser: null }) }),
  ],
  'the state as the secret of the browser': [
    /another browser/,
    () => ({
      brings: (right) => ({ ...right, browser: right.query.state ?? '' }),
    }),
  ],
  'an answer that came already': [
    /used already/,
    () => ({
      brings: async (right) => {
        await bring({ ...right, query: { ...right.query, code: 'wrong' } }).catch(() => undefined);
        return right;
      },
    }),
  ],
  'an answer after twenty minutes': [
    /took too long/,
    () => ({
      brings: (right) => ({ ...right, minutesLater: 20 }),
    }),
  ],
  // Code
  'no code': [/no authorization code/, () => withoutQuery('code')],
  'a code that was not given': [/invalid_grant/, () => query({ code: 'made-up' })],
  'a code of another attempt, which PKCE holds to its own': [
    /invalid_grant/,
    () => ({
      brings: async (right, sent) => {
        const other = await begin(acme, sent.connectionId);
        return { ...right, query: { ...right.query, code: provider.authorize(other.sent, ana) } };
      },
    }),
  ],
  'a code that was used': [
    /invalid_grant/,
    () => ({
      brings: async (right, { connectionId }) => {
        await bring({ ...right, query: { ...right.query, iss: 'https://evil.example' } }).catch(
          () => undefined,
        );
        const again = await begin(acme, connectionId);
        return {
          connectionId,
          browser: again.browser,
          query: { ...right.query, state: again.sent.get('state') ?? '' },
        };
      },
    }),
  ],
  'a token in place of a code': [
    /implicit and hybrid/,
    () => ({
      brings: ({ query: { code: _, ...rest }, ...right }) => ({
        ...right,
        query: { ...rest, id_token: 'a.b.c', access_token: 'x', token_type: 'Bearer' },
      }),
    }),
  ],
  // Mix-up
  'the answer of another issuer': [
    /"iss" \(issuer\) response parameter/,
    () => query({ iss: 'https://evil.example' }),
  ],
  'an answer without the issuer that was promised': [/"iss" \(issuer\) missing/, () => withoutQuery('iss')],
  'an answer that is an error': [
    /access_denied/,
    () => ({
      brings: ({ query: { state = '' }, ...right }) => ({
        ...right,
        query: { state, iss: provider.issuer, error: 'access_denied' },
      }),
    }),
  ],
  'an error beside a code': [/access_denied/, () => query({ error: 'access_denied' })],
  // Signatures
  'alg none': [
    /"alg" header/,
    () => ({
      twist: { idToken: ({ claims: right }) => `${base64({ alg: 'none' })}.${base64(right)}.` },
    }),
  ],
  'alg None, in another spelling': [
    /"alg" header/,
    () => ({
      twist: { idToken: ({ claims: right }) => `${base64({ alg: 'nOnE' })}.${base64(right)}.` },
    }),
  ],
  'HS256 with the public key': [
    /"alg" header/,
    () => ({
      twist: {
        idToken: ({ claims: right, sign, keys }) =>
          sign(right, { header: { alg: 'HS256' }, key: Buffer.from(keys.publicPem) }),
      },
    }),
  ],
  'HS256 with the client secret': [
    /"alg" header/,
    () => ({
      twist: {
        idToken: ({ claims: right, sign }) =>
          sign(right, { header: { alg: 'HS256' }, key: Buffer.from('a-secret'.padEnd(32, '\0')) }),
      },
    }),
  ],
  'another key under the known name': [
    /signature verification/,
    () => ({
      twist: { idToken: ({ claims: right, sign, keys }) => sign(right, { key: keys.other }) },
    }),
  ],
  'another key that the token brings along': [
    /signature verification/,
    () => ({
      twist: {
        idToken: ({ claims: right, sign, keys }) =>
          sign(right, { key: keys.other, header: { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } } }),
      },
    }),
  ],
  'a key that is fetched from an address in the token': [
    /no applicable keys/,
    () => ({
      twist: {
        idToken: ({ claims: right, sign, keys }) =>
          sign(right, { key: keys.other, header: { jku: `${provider.privateOrigin}/jwks`, kid: 'two' } }),
      },
    }),
  ],
  'an unknown key': [
    /no applicable keys/,
    () => ({
      twist: {
        idToken: ({ claims: right, sign, keys }) => sign(right, { key: keys.other, header: { kid: 'two' } }),
      },
    }),
  ],
  'PS256 where RS256 was agreed': [
    /"alg" header/,
    () => ({
      twist: {
        idToken: ({ claims: right }) => `${base64({ alg: 'PS256', kid: 'one' })}.${base64(right)}.AAAA`,
      },
    }),
  ],
  'a signature over other claims': [
    /signature verification/,
    () => ({
      twist: {
        idToken: async ({ claims: right, sign }) => {
          const [header, , signature] = (await sign(right)).split('.');
          return `${header}.${base64({ ...right, sub: 'olga' })}.${signature}`;
        },
      },
    }),
  ],
  'no signature': [
    /signature verification/,
    () => ({
      twist: {
        idToken: async ({ claims: right, sign }) =>
          `${(await sign(right)).split('.').slice(0, 2).join('.')}.`,
      },
    }),
  ],
  'an extension that must be understood': [
    /"crit"/,
    () => ({
      twist: {
        idToken: async ({ claims: right, sign }) => {
          const [, payload, signature] = (await sign(right)).split('.');
          return `${base64({ alg: 'RS256', kid: 'one', crit: ['x'], x: 1 })}.${payload}.${signature}`;
        },
      },
    }),
  ],
  'no ID token': [
    /"id_token" property/,
    () => ({ twist: { token: ({ id_token: _, ...rest }) => ({ body: rest }) } }),
  ],
  'an ID token that is none': [/Invalid JWT/, () => ({ twist: { idToken: () => 'hello' } })],
  'an ID token of two megabytes': [
    /larger than/,
    () => ({
      twist: { claims: (right) => ({ ...right, padding: 'x'.repeat(2 << 20) }) },
    }),
  ],
  // Times
  'an ID token that has expired': [
    /"exp" \(expiration time\) claim value/,
    () => claims({ iat: seconds() - 900, exp: seconds() - 600 }),
  ],
  'an ID token that never expires': [/claim missing/, () => claims({ exp: undefined })],
  'an expiry that is no number': [/claim type/, () => claims({ exp: '2099-01-01' })],
  'an ID token of next week': [
    /time to come/,
    () => claims({ iat: seconds() + 7 * 86_400, exp: seconds() + 8 * 86_400 }),
  ],
  'an ID token of no time': [/claim missing/, () => claims({ iat: undefined })],
  'an ID token that is not valid yet': [/"nbf"/, () => claims({ nbf: seconds() + 3_600 })],
  // Who it is
  nobody: [/"sub" \(subject\) claim missing/, () => claims({ sub: undefined })],
  'a subject that is empty': [/must not be empty/, () => claims({ sub: '' })],
  'a subject that is a number': [/claim type/, () => claims({ sub: 7 })],
  'a list of subjects': [/claim type/, () => claims({ sub: ['ana-1', 'olga'] })],
  'userinfo of somebody else': [/"sub" property value/, () => userinfo({ body: { ...ana, sub: 'olga' } })],
  'userinfo of nobody': [
    /"sub" property/,
    () => userinfo({ body: { email: ana.email, email_verified: true } }),
  ],
  'userinfo that is HTML': [/content-type/, () => userinfo({ type: 'text/html', body: '<p>hello</p>' })],
  'userinfo that fails': [/status code/, () => userinfo({ status: 500, body: {} })],
  'a person claim that was not sent': [
    /nobody is named/,
    () => ({
      settings: { claims: { subject: 'oid', email: 'email', name: 'name', groups: 'groups' } },
    }),
  ],
  // Addresses
  'an address that is not verified': [/does not say/, () => ({ account: { ...ana, email_verified: false } })],
  'an address of which nothing is said': [
    /does not say/,
    () => ({ account: { sub: 'eve', email: 'eve@acme.example' } }),
  ],
  'an address whose verification stands elsewhere': [
    /does not say/,
    () => ({
      twist: { claims: (right) => ({ ...right, email: 'eve@acme.example' }) },
      account: ana,
    }),
  ],
  "an address of another organisation's domain": [
    /not of a domain/,
    () => ({ account: { ...ana, email: 'ana@rival.example' } }),
  ],
  'an address of a domain below': [
    /not of a domain/,
    () => ({ account: { ...ana, email: 'ana@mail.acme.example' } }),
  ],
  'an address with two ats': [
    /none was sent/,
    () => ({ account: { ...ana, email: 'ana@evil.example@acme.example' } }),
  ],
  'an address that a line break ends': [
    /none was sent/,
    () => ({ account: { ...ana, email: 'ana@acme.example\n@evil.example' } }),
  ],
  'addresses in a list': [
    /none was sent/,
    () => ({ account: { ...ana, email: ['ana@acme.example', 'eve@evil.example'] } }),
  ],
  'an address that is an object': [
    /none was sent/,
    () => ({ account: { ...ana, email: { value: 'ana@acme.example' } } }),
  ],
  'an address in letters that only look alike': [
    /none was sent/,
    () => ({ account: { ...ana, email: 'ana@аcme.example' } }),
  ],
  'a verification that is only a word': [
    /does not say/,
    () => ({ account: { ...ana, email_verified: 'yes' } }),
  ],
  // The token endpoint
  'a token endpoint that answers HTML': [
    /content-type/,
    () => token({ type: 'text/html', body: '<p>hello</p>' }),
  ],
  'a token endpoint that redirects': [
    /redirects elsewhere/,
    () => token({ status: 307, location: 'https://evil.example/token', body: '' }),
  ],
  'a token endpoint that fails': [
    /status code/,
    () => token({ status: 500, body: { error: 'server_error' } }),
  ],
  'a token endpoint that says no more than yes': [/"access_token" property/, () => token({ body: {} })],
  'a token endpoint that sends a list': [/top level object/, () => token({ body: '[]' })],
  'a token endpoint that does not answer': [/did not answer/, () => token(null)],
  'an answer for another kind of token': [
    /token_type/,
    () => ({
      twist: { token: (right) => ({ body: { ...right, token_type: 'mac' } }) },
    }),
  ],
  // What it says of itself
  'a discovery of another issuer': [
    /does not match the expected/,
    () => discovery((document) => ({ body: { ...document, issuer: 'https://evil.example' } })),
  ],
  'a discovery that redirects to a private address': [
    /redirects elsewhere/,
    () => discovery(() => ({ status: 302, location: `${provider.privateOrigin}/x`, body: '' })),
  ],
  'a discovery that is HTML': [
    /content-type/,
    () => discovery(() => ({ type: 'text/html', body: '<p>hello</p>' })),
  ],
  'a discovery without end': [
    /larger than/,
    () => discovery(() => ({ body: `{"issuer":"${'x'.repeat(2 << 20)}"}` })),
  ],
  'keys on a private address': [
    /https/,
    () => discovery((document) => ({ body: { ...document, jwks_uri: `${provider.privateOrigin}/jwks` } })),
  ],
  'a token endpoint on a private address': [
    /https/,
    () =>
      discovery((document) => ({ body: { ...document, token_endpoint: `${provider.privateOrigin}/token` } })),
  ],
  'userinfo on a private address': [
    /https/,
    () =>
      discovery((document) => ({
        body: { ...document, userinfo_endpoint: `${provider.privateOrigin}/userinfo` },
      })),
  ],
  'keys on a private address, over https': [
    /public internet/,
    () => discovery((document) => ({ body: { ...document, jwks_uri: 'https://169.254.169.254/jwks' } })),
  ],
  'keys in a file': [
    /HTTPS/,
    () => discovery((document) => ({ body: { ...document, jwks_uri: 'file:///etc/passwd' } })),
  ],
  'no keys': [/no applicable keys/, () => ({ twist: { jwks: () => ({ body: { keys: [] } }) } })],
  'keys that are none': [/JSON/, () => ({ twist: { jwks: () => ({ body: 'hello' }) } })],
  'keys for encryption alone': [
    /no applicable keys/,
    () => ({
      twist: { jwks: ({ keys }) => ({ body: { keys: keys.map((key) => ({ ...key, use: 'enc' })) } }) },
    }),
  ],
};

async function footprint(): Promise<number[]> {
  const counts = await Promise.all(
    [acme, rival].map(({ orgId }) =>
      inOrg(orgId, async (tx) => [
        await tx.session.count({ where: { orgId } }),
        await tx.person.count({ where: { orgId } }),
      ]),
    ),
  );
  return counts.flat();
}

describe('a hostile OpenID provider, browser or network', () => {
  const names = Object.keys(cases);
  let accepted = 0;

  it.each(names)(
    'gets nowhere with %s',
    async (name) => {
      const [because, wrong] = cases[name] ?? [/./, () => ({})];
      const before = await footprint();
      const outcome = await attack(wrong()).then(
        () => 'accepted' as const,
        (error: unknown) => error,
      );
      if (outcome === 'accepted') accepted += 1;
      if (!isAppError(outcome)) throw outcome;
      expect(outcome.code).toBe('unauthenticated');
      expect(outcome.message).toMatch(because);
      expect(await footprint()).toEqual(before);
    },
    30_000,
  );

  it(`in ${names.length} cases, of which none is accepted, while the honest answer is`, async () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(accepted).toBe(0);
    expect(provider.privateVisits()).toBe(0);
    expect((await attack({})).kind).toBe('opened');
    process.stdout.write(`OpenID Connect: ${names.length} hostile cases, ${accepted} accepted\n`);
    expect(await database.asOwner('SELECT 1 FROM session WHERE via = $1', ['oidc'])).toHaveLength(1);
  });
});
