import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getMembers } from '@/lib/members/data/members';
import { removePerson } from '@/lib/members/mutations/access';
import { inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { getDirectory } from '@/lib/scim/data/connection';
import { findSession } from '@/lib/sessions/data';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOpenIdProvider, type OpenIdProvider } from '@/lib/testing/openid-provider';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { redirectUriOf } from './data/connections';
import { getConnection, getSignInSettings } from './data/settings';
import {
  addConnection,
  changeConnection,
  enforceSso,
  removeConnection,
  switchConnection,
  tryConnection,
} from './mutations/connections';
import { claimDomain, dropDomain, routeDomain } from './mutations/domains';
import { mapGroup, unmapGroup } from './mutations/groups';
import { finishSignIn } from './mutations/sign-in';
import { aConnection, answerOf, beginAtProvider, connectionTo, switchedOn } from './testing';

const database = aTestDatabase();
let provider: OpenIdProvider;

beforeAll(async () => {
  // The connection's id is in the address, so all of them are let back.
  provider = await anOpenIdProvider({ anyRedirect: 'http://localhost:3000/api/auth/oidc/' });
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_TRUSTED_HOSTS: new URL(provider.issuer).host,
    GAIT_URL: 'http://localhost:3000',
  });
});
afterAll(() => provider.close());

const ana = {
  sub: 'ana-1',
  email: 'ana@acme.example',
  email_verified: true,
  name: 'Ana Silva',
  groups: ['payments-leads'],
};

/** The provider's clock is the machine's, so ours must be, too. */
async function acme(): Promise<TestOrganisation> {
  const org = await anOrganisation({ clock: aClock(Date.now()) });
  await database.asOwner('TRUNCATE domain_route');
  await inOrg(org.orgId, (tx) =>
    tx.team.create({
      data: { orgId: org.orgId, slug: 'payments', name: 'Payments', createdAt: org.clock.now() },
    }),
  );
  return org;
}

async function signInAs(org: TestOrganisation, connection: string, account: typeof ana | { sub: string }) {
  provider.signsIn(account);
  const finished = await answerOf(org, connection, await beginAtProvider(org));
  if (finished.kind !== 'opened') throw new Error('No trial was begun.');
  return finished.session.secret;
}

const leadOfPayments = { group: 'payments-leads', role: { role: 'lead', team: 'payments' } } as const;

describe('a sign-in through the provider', () => {
  it('makes somebody new a person with the roles of their groups, and knows them the next time', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    await mapGroup(org.owner, { connection, ...leadOfPayments });
    provider.signsIn(ana);
    await switchedOn(org, connection);
    const session = await findSession(await signInAs(org, connection, ana), org.clock.now());
    expect(session).toMatchObject({
      via: 'oidc',
      person: { name: 'Ana Silva', grants: [{ role: 'lead', team: 'payments' }] },
    });
    const again = await findSession(await signInAs(org, connection, ana), org.clock.now());
    expect(again?.person.id).toBe(session?.person.id);
    expect((await getMembers(org.owner)).people).toHaveLength(2);
  });

  it('takes the roles away whose group somebody has left, and those given by hand stay', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    await mapGroup(org.owner, { connection, ...leadOfPayments });
    provider.signsIn(ana);
    await switchedOn(org, connection);
    const first = await findSession(await signInAs(org, connection, ana), org.clock.now());
    const personId = first?.person.id ?? '';
    await inOrg(org.orgId, (tx) =>
      tx.roleGrant.create({
        data: {
          orgId: org.orgId,
          personId,
          team: '',
          role: 'auditor',
          source: 'manual',
          grantedAt: new Date(),
        },
      }),
    );
    const { people } = await getDirectory(org.owner, connection);
    expect(people, 'who lands where, without a directory').toEqual([
      {
        personId,
        name: 'Ana Silva',
        userName: 'ana-1',
        active: true,
        groups: ['payments-leads'],
        roles: [{ role: 'lead', team: 'payments' }],
      },
    ]);
    const left = await findSession(await signInAs(org, connection, { ...ana, groups: [] }), org.clock.now());
    expect(left?.person.grants).toEqual([{ role: 'auditor', team: null }]);
  });

  it('is refused to whoever was removed, is of a foreign domain, or may not join', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    await switchedOn(org, connection);
    const person =
      (await findSession(await signInAs(org, connection, ana), org.clock.now()))?.person.id ?? '';
    await removePerson(org.owner, { person });
    const refused = { code: 'unauthenticated' };
    await expect(signInAs(org, connection, ana)).rejects.toMatchObject(refused);
    for (const stranger of [
      { ...ana, sub: 'eve', email: 'eve@other.example' },
      { ...ana, sub: 'eve', email_verified: false },
      { sub: 'eve' },
    ])
      await expect(signInAs(org, connection, stranger)).rejects.toMatchObject(refused);
    expect((await getMembers(org.owner)).people).toHaveLength(2);

    const closed = await acme();
    const provisioned = await aConnection(closed, provider);
    provider.signsIn(ana);
    await switchedOn(closed, provisioned);
    const rules = connectionTo(provider, { joining: 'provisioned' });
    expect(await changeConnection(closed.owner, { connection: provisioned, ...rules })).toEqual({
      isOn: true,
    });
    await expect(signInAs(closed, provisioned, ana)).rejects.toMatchObject(refused);
  });

  it('of one address but another subject is somebody else: an address links nobody', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    await switchedOn(org, connection);
    const one = await findSession(await signInAs(org, connection, ana), org.clock.now());
    const other = await findSession(
      await signInAs(org, connection, { ...ana, sub: 'ana-2' }),
      org.clock.now(),
    );
    expect(other?.person.id).not.toBe(one?.person.id);
  });
});

describe('a provider that is down', () => {
  it('is no business of strangers: they read that it does not work at the moment, and the log why', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    await switchedOn(org, connection);
    await database.asOwner(
      `UPDATE connection SET settings = settings || '{"issuer":"http://localhost:1"}' WHERE id = $1`,
      [connection],
    );
    await expect(beginAtProvider(org)).rejects.toMatchObject({
      code: 'unavailable',
      message:
        'Signing in through your organisation’s provider does not work at the moment. Try again later, or ask an admin.',
    });
    await expect(tryConnection(org.owner, { connection })).rejects.toThrow(/localhost/);
  });
});

describe('a connection', () => {
  it('is switched on only after a trial, which shows the claims and changes nobody', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    await mapGroup(org.owner, { connection, ...leadOfPayments });
    await expect(switchConnection(org.owner, { connection, to: 'on' })).rejects.toMatchObject({
      code: 'conflict',
    });
    provider.signsIn(ana);
    await answerOf(org, connection, await tryConnection(org.owner, { connection }));
    expect(await getConnection(org.owner, connection)).toMatchObject({
      trial: {
        outcome: 'This person would join.',
        admitted: true,
        claims: { sub: 'ana-1', email: 'ana@acme.example' },
        roles: ['lead of payments'],
      },
    });
    expect((await getMembers(org.owner)).people).toHaveLength(1);
    await switchConnection(org.owner, { connection, to: 'on' });
  });

  it('tells whoever tried it why the trial failed, and nobody else', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    const refusing = await tryConnection(org.owner, { connection });
    const state = new URL(refusing.url).searchParams.get('state') ?? '';
    const back = (query: Record<string, string>, browser: string) => {
      const url = new URL(redirectUriOf(connection));
      url.search = new URLSearchParams(query).toString();
      return finishSignIn(
        { connectionId: connection, url, browser, userAgent: null, requestId: 'r-1' },
        org.clock,
      );
    };
    const answer = { state, iss: provider.issuer, error: 'access_denied' };
    expect(await back(answer, refusing.browser)).toEqual({
      kind: 'tried',
      slug: org.slug,
      connectionId: connection,
      failure: expect.stringContaining('access_denied'),
    });
    expect(await getConnection(org.owner, connection)).toMatchObject({
      trial: { failure: expect.stringContaining('access_denied'), requestId: 'r-1' },
      triedAt: org.clock.now().toISOString(),
    });

    const elsewhere = await tryConnection(org.owner, { connection });
    const other = { ...answer, state: new URL(elsewhere.url).searchParams.get('state') ?? '' };
    expect(await back(other, refusing.browser)).toMatchObject({
      failure: 'Sign-in refused: it was begun in another browser.',
    });

    await switchedOn(org, connection);
    const begun = await beginAtProvider(org);
    const real = { ...answer, state: new URL(begun.url).searchParams.get('state') ?? '' };
    await expect(back(real, begun.browser)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await getConnection(org.owner, connection)).toMatchObject({ trial: { admitted: true } });
  });

  it('is switched on only once its latest trial would have let the person in', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    const on = () => switchConnection(org.owner, { connection, to: 'on' });
    const tried = async (account: typeof ana) => {
      provider.signsIn(account);
      await answerOf(org, connection, await tryConnection(org.owner, { connection }));
    };
    await tried(ana);
    await tried({ ...ana, sub: 'eve', email: 'eve@other.example' });
    await expect(on()).rejects.toThrow(/would not have let.*eve@other.example is not of a domain/);
    const begun = await tryConnection(org.owner, { connection });
    await answerOf(org, connection, { ...begun, browser: 'another' });
    await expect(on()).rejects.toThrow(/trial failed.*another browser/);
    await tried(ana);
    await changeConnection(org.owner, { connection, ...connectionTo(provider) });
    await expect(on()).rejects.toThrow(/Try the connection first/);
    await tried(ana);
    await on();
  });

  it('has no secret only where somebody says that it is a public client', async () => {
    const org = await acme();
    const without = connectionTo(provider, { clientSecret: '' });
    const wants = { fields: { clientSecret: [expect.stringContaining('public')] } };
    await expect(addConnection(org.owner, without)).rejects.toMatchObject(wants);
    const connection = await aConnection(org, provider);
    const hasSecret = async () => (await getConnection(org.owner, connection)) as { hasSecret?: boolean };
    await changeConnection(org.owner, { connection, ...without });
    expect(await hasSecret()).toMatchObject({ hasSecret: true });
    const both = connectionTo(provider, { isPublicClient: true });
    await expect(changeConnection(org.owner, { connection, ...both })).rejects.toMatchObject(wants);
    await changeConnection(org.owner, { connection, ...without, isPublicClient: true });
    expect(await hasSecret()).toMatchObject({ hasSecret: false });
    await expect(changeConnection(org.owner, { connection, ...without })).rejects.toMatchObject(wants);
  });

  it('that is changed ends the trials under way', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    const begun = await tryConnection(org.owner, { connection });
    await changeConnection(org.owner, { connection, ...connectionTo(provider) });
    await expect(answerOf(org, connection, begun)).rejects.toThrow(/used already/);
    expect(await getConnection(org.owner, connection)).toMatchObject({ trial: null });
  });

  it('switched off ends the sessions that came through it', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    await switchedOn(org, connection);
    const secret = await signInAs(org, connection, ana);
    await switchConnection(org.owner, { connection, to: 'off' });
    expect(await findSession(secret, org.clock.now())).toBeNull();
    await expect(beginAtProvider(org)).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('keeps its secret sealed, and is for owners and admins to set up', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    const [row] = await database.asOwner<{ all: string }>('SELECT c::text AS all FROM connection c');
    expect(row?.all).not.toContain(provider.clientSecret);
    const member = await org.person('Mia', 'member');
    for (const deed of [
      () => tryConnection(member, { connection }),
      () => switchConnection(member, { connection, to: 'off' }),
      () => mapGroup(member, { connection, ...leadOfPayments }),
      () => addConnection(member, {} as never),
    ])
      await expect(deed()).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('says whom a mapping applies to, and of one that it is nobody', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    await switchedOn(org, connection);
    await signInAs(org, connection, ana);
    await signInAs(org, connection, { ...ana, sub: 'bo-1', name: 'Bo Berg', email: 'bo@acme.example' });
    const role = { role: 'member', team: null } as const;
    expect(await mapGroup(org.owner, { connection, group: ' Payments-LEADS', role })).toEqual({
      people: 2,
      names: ['Ana Silva', 'Bo Berg'],
    });
    expect(await mapGroup(org.owner, { connection, group: 'payments-leeds', role })).toEqual({
      people: 0,
      names: [],
    });
    expect((await getConnection(org.owner, connection))?.mappings).toMatchObject([
      { group: ' Payments-LEADS', people: 2 },
      { group: 'payments-leeds', people: 0 },
    ]);
  });

  it('gives and takes the roles of a group with its mapping', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    await mapGroup(org.owner, { connection, ...leadOfPayments });
    await expect(mapGroup(org.owner, { connection, ...leadOfPayments })).rejects.toMatchObject({
      code: 'invalid',
    });
    provider.signsIn(ana);
    await switchedOn(org, connection);
    const secret = await signInAs(org, connection, ana);
    const [mapping] = (await getConnection(org.owner, connection))?.mappings ?? [];
    await unmapGroup(org.owner, { mapping: mapping?.id ?? '' });
    expect(await findSession(secret, org.clock.now()), 'who is left without a role is out').toBeNull();
  });
});

describe('enforced single sign-on', () => {
  it('ends sessions by link and lets none in, but for whoever may break the glass', async () => {
    const org = await acme();
    await expect(enforceSso(org.owner, { to: true })).rejects.toMatchObject({ code: 'conflict' });
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    await switchedOn(org, connection);
    const { signIn, createSignInLink } = await import('@/lib/sessions/mutations');
    const mia = await org.person('Mia', 'member');
    const linkFor = (personId: string) => createSignInLink(org.orgId, personId, 'owner link', org.clock);
    const open = async (personId: string) => (await signIn(await linkFor(personId), null, org.clock)).secret;
    const sessions = [await open(mia.actor.personId), await open(org.owner.actor.personId)];
    await expect(enforceSso(org.owner, { to: true })).rejects.toThrow(/Nobody is signed in through/);
    const through = await signInAs(org, connection, ana);
    expect(await getSignInSettings(org.owner)).toMatchObject({ signedInThrough: 1 });
    await enforceSso(org.owner, { to: true });
    expect(await findSession(through, org.clock.now())).not.toBeNull();
    const standing = await Promise.all(sessions.map((secret) => findSession(secret, org.clock.now())));
    expect(standing.map((session) => session !== null)).toEqual([false, true]);
    await expect(open(mia.actor.personId)).rejects.toMatchObject({ code: 'unauthenticated' });
    await open(org.owner.actor.personId);
    await signInAs(org, connection, ana);
  });

  it('keeps one way in: a connection that is on, and a verified domain that leads to it', async () => {
    const org = await acme();
    const connection = await aConnection(org, provider);
    provider.signsIn(ana);
    await switchedOn(org, connection);
    await signInAs(org, connection, ana);
    await enforceSso(org.owner, { to: true });
    const [domain, other] = ['acme.example', 'acme.test'];
    const lastOnes = [
      () => switchConnection(org.owner, { connection, to: 'off' }),
      () => removeConnection(org.owner, { connection }),
      () => dropDomain(org.owner, { domain }),
      () => routeDomain(org.owner, { domain, connection: null }),
    ];
    for (const deed of lastOnes) await expect(deed()).rejects.toThrow(/last way in/);
    await claimDomain(org.owner, { domain: other });
    await routeDomain(org.owner, { domain: other, connection });
    for (const deed of lastOnes) await expect(deed(), 'no proof of it yet').rejects.toThrow(/last way in/);
    await inOrg(org.orgId, (tx) =>
      tx.emailDomain.updateMany({ where: { domain: other }, data: { verifiedAt: org.clock.now() } }),
    );
    await routeDomain(org.owner, { domain, connection: null });
    await dropDomain(org.owner, { domain });
    await expect(dropDomain(org.owner, { domain: other })).rejects.toThrow(/last way in/);
    await enforceSso(org.owner, { to: false });
    await dropDomain(org.owner, { domain: other });
    await expect(enforceSso(org.owner, { to: true }), 'no domain leads there').rejects.toThrow(/domain/);
  });
});
