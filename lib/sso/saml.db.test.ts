import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getMembers } from '@/lib/members/data/members';
import { removePerson } from '@/lib/members/mutations/access';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { findSession } from '@/lib/sessions/data';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { aSamlProvider, type SamlIdentityProvider } from '@/lib/testing/saml-provider';
import { findConnection } from './data/connections';
import { getOwnMetadata } from './data/own-metadata';
import { getConnection } from './data/settings';

import { switchConnection, tryConnection } from './mutations/connections';
import { mapGroup } from './mutations/groups';
import {
  addNextCertificate,
  addSamlConnection,
  changeSamlConnection,
  takeNextCertificate,
} from './mutations/saml-connections';
import { rereadMetadata } from './mutations/saml-metadata';
import { beginSignIn } from './mutations/sign-in';
import { samlAddressesOf, samlRefOf } from './saml/addresses';
import { aSamlConnection, beginAtProvider, bringSaml, rulesOf, samlAnswerOf } from './testing';

const database = aTestDatabase();
let provider: SamlIdentityProvider;

beforeAll(async () => {
  provider = await aSamlProvider();
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_TRUSTED_HOSTS: new URL(provider.entityId).host,
    GAIT_URL: 'http://localhost:3000',
  });
});
afterAll(() => provider.close());

const ana = {
  nameId: 'ana-1',
  attributes: { email: 'ana@acme.example', name: 'Ana Silva', groups: ['payments-leads', 'everyone'] },
};
const leadOfPayments = { group: 'payments-leads', role: { role: 'lead', team: 'payments' } } as const;
const refused = { code: 'unauthenticated' };

type Acme = TestOrganisation & { clock: HandClock };

/** The provider's clock is the machine's, so ours must be, too. */
async function acme(): Promise<Acme> {
  const clock = aClock(Date.now());
  const org = await anOrganisation({ clock });
  await database.asOwner('TRUNCATE domain_route');
  await inOrg(org.orgId, (tx) =>
    tx.team.create({
      data: { orgId: org.orgId, slug: 'payments', name: 'Payments', createdAt: clock.now() },
    }),
  );
  return { ...org, clock };
}

async function switchedOn(org: TestOrganisation, id: string): Promise<void> {
  await samlAnswerOf(org, id, provider, await tryConnection(org.owner, { connection: id }));
  await switchConnection(org.owner, { connection: id, to: 'on' });
}

async function signInAs(org: TestOrganisation, connection: string, account: typeof ana) {
  provider.signsIn(account);
  const begun = await beginAtProvider(org);
  const finished = await samlAnswerOf(org, connection, provider, begun);
  if (finished.kind !== 'opened') throw new Error('No trial was begun.');
  return findSession(finished.session.secret, org.clock.now());
}

/** For what the next test must not find: keys that were changed, requests that must be signed. */
async function anotherProvider(): Promise<SamlIdentityProvider> {
  const own = await aSamlProvider();
  adoptEnv({ GAIT_TRUSTED_HOSTS: `${new URL(provider.entityId).host},${new URL(own.entityId).host}` });
  own.signsIn(ana);
  return own;
}

beforeEach(() => {
  provider.signsIn(ana);
  provider.signs('assertion');
});

describe('a sign-in through a SAML provider', () => {
  it('makes somebody new a person with the roles of their groups, and knows them the next time', async () => {
    const org = await acme();
    const connection = await aSamlConnection(org, provider);
    await mapGroup(org.owner, { connection, ...leadOfPayments });
    await switchedOn(org, connection);
    const session = await signInAs(org, connection, ana);
    expect(session).toMatchObject({
      via: 'saml',
      person: { name: 'Ana Silva', grants: [{ role: 'lead', team: 'payments' }] },
    });
    const again = await signInAs(org, connection, { ...ana, attributes: { ...ana.attributes, groups: [] } });
    expect(again?.person).toMatchObject({ id: session?.person.id, grants: [] });
    expect((await getMembers(org.owner)).people).toHaveLength(2);
    await removePerson(org.owner, { person: session?.person.id ?? '' });
    await expect(signInAs(org, connection, ana)).rejects.toMatchObject(refused);
  });

  it('is tried first, which shows the attributes and changes nobody', async () => {
    const org = await acme();
    const connection = await aSamlConnection(org, provider);
    await mapGroup(org.owner, { connection, ...leadOfPayments });
    await expect(switchConnection(org.owner, { connection, to: 'on' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await samlAnswerOf(org, connection, provider, await tryConnection(org.owner, { connection }));
    expect(await getConnection(org.owner, connection)).toMatchObject({
      kind: 'saml',
      trial: {
        outcome: 'This person would join.',
        claims: { NameID: 'ana-1', email: 'ana@acme.example', groups: ['payments-leads', 'everyone'] },
        roles: ['lead of payments'],
      },
    });
    expect((await getMembers(org.owner)).people).toHaveLength(1);
  });

  it.each(['assertion', 'response', 'both'] as const)('works where the %s is signed', async (what) => {
    const org = await acme();
    const connection = await aSamlConnection(org, provider);
    provider.signs(what);
    await switchedOn(org, connection);
    expect(await signInAs(org, connection, ana)).toMatchObject({ via: 'saml' });
  });

  it('waits for the browser that began, and is brought once', async () => {
    const org = await acme();
    const connection = await aSamlConnection(org, provider);
    await switchedOn(org, connection);
    const begun = await beginAtProvider(org);
    const form = await provider.visit(begun.url);
    const [row] = await database.asOwner<{ all: string }>('SELECT a::text AS all FROM sign_in_attempt a');
    expect(row?.all).not.toContain('ana@acme.example');
    await expect(bringSaml(org, connection, { form, browser: null })).rejects.toMatchObject(refused);
    const next = await beginAtProvider(org);
    const once = { form: await provider.visit(next.url), browser: next.browser };
    expect((await bringSaml(org, connection, once)).kind).toBe('opened');
    await expect(bringSaml(org, connection, once)).rejects.toMatchObject(refused);
    const kept = await database.asOwner(
      'SELECT 1 FROM sign_in_attempt WHERE used_at IS NOT NULL AND answer IS NOT NULL',
    );
    expect(kept).toEqual([]);
  });

  it('is a fresh proof only where the person has just proven who they are', async () => {
    const org = await acme();
    const connection = await aSamlConnection(org, provider);
    await switchedOn(org, connection);
    const personId = (await signInAs(org, connection, ana))?.person.id ?? null;
    const live = await inOrg(org.orgId, (tx) => findConnection(tx, org.orgId, connection));
    if (!live) throw new Error('The connection is there.');
    const begin = (clock = org.clock) => beginSignIn(live, { purpose: 'fresh', personId }, clock);
    const begun = await begin();
    expect(await provider.requested(begun.url)).toMatchObject({ forceAuthn: 'true' });
    expect((await samlAnswerOf(org, connection, provider, begun)).kind).toBe('opened');
    // The provider's clock says that this was ten minutes before it was asked.
    const later = aClock(org.clock.now().getTime() + 4 * 60_000);
    await expect(
      samlAnswerOf({ ...org, clock: later }, connection, provider, await begin(later)),
    ).rejects.toThrow(/prove anew/);
  });
});

describe('a SAML connection', () => {
  it('signs its requests, and opens what is encrypted for either of its certificates', async () => {
    const org = await acme();
    const own = await anotherProvider();
    const connection = await aSamlConnection(org, own);
    const ownMetadata = () => getOwnMetadata(samlRefOf(org.orgId, connection));
    const attempt = async () =>
      (await samlAnswerOf(org, connection, own, await tryConnection(org.owner, { connection }))).kind;
    own.reads(await ownMetadata(), { encrypts: true });
    expect(await attempt()).toBe('tried');

    await addNextCertificate(org.owner, { connection });
    await expect(addNextCertificate(org.owner, { connection })).rejects.toMatchObject({ code: 'conflict' });
    // Not read again yet: encrypted for the old one.
    expect(await attempt()).toBe('tried');
    own.reads(await ownMetadata(), { encrypts: true });
    expect(await attempt()).toBe('tried');
    await takeNextCertificate(org.owner, { connection });
    await expect(attempt()).rejects.toThrow(/Signature check errors/);
    own.reads(await ownMetadata(), { encrypts: true });
    expect(await attempt()).toBe('tried');
    await own.close();
  });

  it('reads the metadata again: on demand, and before a sign-in where it is a day old', async () => {
    const org = await acme();
    const own = await anotherProvider();
    const connection = await aSamlConnection(org, own);
    const attempt = async () =>
      samlAnswerOf(org, connection, own, await tryConnection(org.owner, { connection }));
    expect((await attempt()).kind).toBe('tried');
    expect(await rereadMetadata(org.owner, { connection })).toContain('nothing');
    await own.rollsOver();
    expect(await attempt()).toMatchObject({ failure: expect.stringMatching(/signature/i) });
    expect(await rereadMetadata(org.owner, { connection })).toContain('changed');
    expect((await attempt()).kind).toBe('tried');

    await own.rollsOver();
    // Everything but the metadata's age stays at the provider's time.
    await database.asOwner(
      `UPDATE connection SET settings = settings || '{"metadataReadAt":"2020-01-01T00:00:00Z","metadataAskedAt":"2020-01-01T00:00:00Z"}' WHERE id = $1`,
      [connection],
    );
    expect((await attempt()).kind).toBe('tried');
    await own.close();
  });

  it('tells whoever tried it that the answer came to the address of another connection', async () => {
    const org = await acme();
    const connection = await aSamlConnection(org, provider);
    const { id: other } = await addSamlConnection(org.owner, rulesOf(provider));
    const { url, browser } = await tryConnection(org.owner, { connection });
    const form = await provider.visit(url);
    expect(await bringSaml(org, other, { form, browser })).toMatchObject({
      kind: 'tried',
      connectionId: connection,
      failure: 'Sign-in refused: no attempt of this connection waits for this answer.',
    });
    expect(await getConnection(org.owner, other)).toMatchObject({ trial: null });
    await expect(bringSaml(org, other, { form, browser }), 'once').rejects.toMatchObject(refused);
  });

  it('is let in from the provider’s portal only where that is allowed, and then once', async () => {
    const org = await acme();
    const connection = await aSamlConnection(org, provider);
    await switchedOn(org, connection);
    const form = () => provider.initiates(samlAddressesOf(org.orgId, connection));
    await expect(bringSaml(org, connection, { form: await form(), browser: null })).rejects.toThrow(
      /may not begin/,
    );
    const rules = rulesOf({ metadataUrl: '' }, { allowIdpInitiated: true });
    await changeSamlConnection(org.owner, { connection, ...rules });
    const posted = await form();
    const finished = await bringSaml(org, connection, { form: posted, browser: null });
    expect(finished).toMatchObject({ kind: 'opened', returnTo: null });
    await expect(bringSaml(org, connection, { form: posted, browser: null })).rejects.toThrow(/used already/);
  });

  it('keeps its keys sealed, and is for owners and admins to set up', async () => {
    const org = await acme();
    const connection = await aSamlConnection(org, provider);
    const [row] = await database.asOwner<{ all: string }>('SELECT c::text AS all FROM connection c');
    expect(row?.all).not.toContain('PRIVATE KEY');
    const member = await org.person('Mia', 'member');
    for (const deed of [
      () => aSamlConnection({ ...org, owner: member }, provider),
      () => changeSamlConnection(member, { connection } as never),
      () => addNextCertificate(member, { connection }),
      () => takeNextCertificate(member, { connection }),
      () => rereadMetadata(member, { connection }),
    ])
      await expect(deed()).rejects.toMatchObject({ code: 'forbidden' });
    await expect(getOwnMetadata(samlRefOf(connection, org.orgId))).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(getOwnMetadata('x')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets people in whose answers an expired certificate signs, and says that it has expired', async () => {
    const org = await acme();
    const own = await aSamlProvider({ notAfter: new Date(Date.now() - 60_000) });
    adoptEnv({ GAIT_TRUSTED_HOSTS: `${new URL(provider.entityId).host},${new URL(own.entityId).host}` });
    own.signsIn(ana);
    const connection = await aSamlConnection(org, own);
    expect(
      await samlAnswerOf(org, connection, own, await tryConnection(org.owner, { connection })),
    ).toMatchObject({ failure: null });
    expect(await getConnection(org.owner, connection)).toMatchObject({
      trial: { admitted: true },
      own: [{ isExpired: false }],
      theirs: [{ isExpired: true }],
    });
    await own.close();
  });

  it('refuses metadata that describes no provider, or one that cannot be trusted', async () => {
    const org = await acme();
    const right = await (await fetch(provider.metadataUrl)).text();
    const wrongs: Record<string, string> = {
      '': 'hello',
      'document type': `<!DOCTYPE a [<!ENTITY x "y">]>${right}`,
      'no certificate': right.replace(/<KeyDescriptor[\s\S]*<\/KeyDescriptor>/, ''),
      'cannot be read': right.replace(/(<X509Certificate>)[^<]+/, '$1AAAA'),
      'https://': right.replaceAll(provider.entityId.replace('/saml', ''), 'http://idp.example'),
      entityID: right.replace(/entityID="[^"]*"/, ''),
      'HTTP-Redirect': right.replaceAll('HTTP-Redirect', 'SOAP'),
      'valid until 2026-01-02T03:04:05Z': right.replace(
        '<EntityDescriptor ',
        '<EntityDescriptor validUntil="2026-01-02T03:04:05Z" ',
      ),
      'valid until 2025-12-31T00:00:00Z': right.replace(
        '<IDPSSODescriptor ',
        '<IDPSSODescriptor validUntil="2025-12-31T00:00:00Z" ',
      ),
      'no proper validUntil': right.replace('<EntityDescriptor ', '<EntityDescriptor validUntil="soon" '),
      'no identity provider': right.replaceAll('IDPSSODescriptor', 'SPSSODescriptor'),
    };
    for (const [reason, metadataXml] of Object.entries(wrongs))
      await expect(aSamlConnection(org, provider, { metadataUrl: '', metadataXml })).rejects.toMatchObject({
        code: 'invalid',
        fields: { metadataXml: [expect.stringContaining(reason)] },
      });
    for (const metadataUrl of [
      'https://169.254.169.254/x',
      'http://localhost:1/x',
      `${provider.entityId}/none`,
    ])
      await expect(aSamlConnection(org, provider, { metadataUrl })).rejects.toMatchObject({
        code: 'invalid',
      });
    expect(await aSamlConnection(org, provider, { metadataUrl: '', metadataXml: right })).toBeTruthy();
  });
});
