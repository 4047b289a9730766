import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getMember, getMembers } from '@/lib/members/data/members';
import { removePerson } from '@/lib/members/mutations/access';
import { acceptInvitation, invitePerson, revokeInvitation } from '@/lib/members/mutations/invitations';
import { adoptEnv } from '@/lib/platform/env';
import { actorOf } from '@/lib/sessions/actor';
import { findSession } from '@/lib/sessions/data';
import { aClock, type HandClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOpenIdProvider, type OpenIdProvider } from '@/lib/testing/openid-provider';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { getConnection } from './data/settings';
import { beginConnecting } from './mutations/connect';
import { switchConnection, tryConnection } from './mutations/connections';
import { aConnection, answerOf, beginAtProvider, switchedOn } from './testing';

const database = aTestDatabase();
let provider: OpenIdProvider;

beforeAll(async () => {
  provider = await anOpenIdProvider({ anyRedirect: 'http://localhost:3000/api/auth/oidc/' });
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_TRUSTED_HOSTS: new URL(provider.issuer).host,
    GAIT_URL: 'http://localhost:3000',
  });
});
afterAll(() => provider.close());

const ana = { sub: 'ana-1', email: 'ana@acme.example', email_verified: true, name: 'Ana Silva', groups: [] };
const LEAD = { name: 'Ana', email: 'ana@acme.example', role: { role: 'lead', team: null } } as const;

type Acme = { org: TestOrganisation; clock: HandClock; connection: string };

async function acme(joining: 'anyone' | 'provisioned' = 'provisioned'): Promise<Acme> {
  const clock = aClock(Date.now());
  const org = await anOrganisation({ clock });
  await database.asOwner('TRUNCATE domain_route');
  const connection = await aConnection(org, provider);
  provider.signsIn({ sub: 'somebody', email: 'somebody@acme.example', email_verified: true });
  await switchedOn(org, connection);
  await database.asOwner('UPDATE connection SET joining = $1', [joining]);
  return { org, clock, connection };
}

async function signInAs({ org, connection, clock }: Acme, account: typeof ana) {
  provider.signsIn(account);
  const finished = await answerOf(org, connection, await beginAtProvider(org));
  if (finished.kind !== 'opened') throw new Error('No trial was begun.');
  const session = await findSession(finished.session.secret, clock.now());
  if (!session) throw new Error('The session lives.');
  return session;
}

const entriesOf = ({ org }: Acme) =>
  database.asOwner<{ act: string; after: Record<string, unknown> | null }>(
    'SELECT act, after FROM audit WHERE org_id = $1 ORDER BY seq',
    [org.orgId],
  );

const refused = { code: 'unauthenticated' };

describe('somebody invited who comes through the provider', () => {
  it.each(['provisioned', 'anyone'] as const)(
    'joins by the invitation, with its roles, which uses it up (who may join: %s)',
    async (joining) => {
      const acmes = await acme(joining);
      const { org, clock } = acmes;
      const { secret } = await invitePerson(org.owner, LEAD);
      provider.signsIn(ana);
      await answerOf(org, acmes.connection, await tryConnection(org.owner, acmes));
      expect(await getConnection(org.owner, acmes.connection)).toMatchObject({
        trial: {
          admitted: true,
          outcome: 'This person would join by the invitation of their address.',
          roles: ['lead'],
        },
      });
      expect((await getMembers(org.owner)).invitations, 'a trial uses nothing up').toHaveLength(1);
      const { person } = await signInAs(acmes, ana);
      expect(person).toMatchObject({ name: 'Ana Silva', grants: [{ role: 'lead', team: null }] });
      const { people, invitations } = await getMembers(org.owner);
      expect([people.length, invitations.length]).toEqual([2, 0]);
      await expect(acceptInvitation(secret, null, clock)).rejects.toMatchObject(refused);
      expect(await entriesOf(acmes)).toContainEqual({
        act: 'person.joined',
        after: expect.objectContaining({ email: ana.email, roles: 'lead', invitedBy: 'Olga Owner' }),
      });
      expect((await signInAs(acmes, ana)).person.id).toBe(person.id);
    },
  );

  it('joins by no invitation that is of another address, taken back, accepted or expired, nor with an unverified address', async () => {
    const acmes = await acme();
    const { org, clock } = acmes;
    await invitePerson(org.owner, { ...LEAD, email: 'anna@acme.example' });
    await invitePerson(org.owner, { ...LEAD, email: null });
    const { id } = await invitePerson(org.owner, LEAD);
    await revokeInvitation(org.owner, { invitation: id });
    await expect(signInAs(acmes, ana)).rejects.toThrow(/Nobody has invited or provisioned/);
    await invitePerson(org.owner, LEAD);
    await expect(signInAs(acmes, { ...ana, email_verified: false })).rejects.toThrow(
      /does not say that ana@acme.example is verified/,
    );
    provider.signsIn(ana);
    const begun = await beginAtProvider(org);
    await database.asOwner('UPDATE email_domain SET verified_at = NULL');
    await expect(answerOf(org, acmes.connection, begun)).rejects.toThrow(/not of a domain/);
    await database.asOwner('UPDATE email_domain SET verified_at = now()');
    await database.asOwner('UPDATE invitation SET expires_at = $1', [clock.now()]);
    await expect(signInAs(acmes, ana)).rejects.toThrow(/Nobody has invited or provisioned/);
    const { secret } = await invitePerson(org.owner, LEAD);
    await acceptInvitation(secret, null, clock);
    await expect(signInAs(acmes, ana)).rejects.toThrow(/Nobody has invited or provisioned/);
  });

  it('takes all that are open, the latest first, and only roles where they hold none by hand', async () => {
    const acmes = await acme('anyone');
    const { org, clock } = acmes;
    await invitePerson(org.owner, { ...LEAD, role: { role: 'member', team: null } });
    clock.moveOn({ seconds: 1 });
    await invitePerson(org.owner, LEAD);
    const { person } = await signInAs(acmes, ana);
    expect(person.grants).toEqual([{ role: 'lead', team: null }]);
    await invitePerson(org.owner, { ...LEAD, role: { role: 'owner', team: null } });
    expect((await signInAs(acmes, ana)).person).toMatchObject({
      id: person.id,
      grants: [{ role: 'lead', team: null }],
    });
    expect((await getMembers(org.owner)).invitations).toEqual([]);
    expect((await entriesOf(acmes)).map(({ act }) => act)).toContain('invitation.accepted');
  });

  it('of two who come at once with one invitation, one joins by it', async () => {
    const acmes = await acme();
    const { org, connection, clock } = acmes;
    const { secret } = await invitePerson(org.owner, LEAD);
    provider.signsIn(ana);
    const begun = await beginAtProvider(org);
    const came = await Promise.allSettled([
      answerOf(org, connection, begun),
      acceptInvitation(secret, null, clock),
    ]);
    expect(came.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await getMembers(org.owner)).people).toHaveLength(2);
  });
});

describe('somebody here already who connects the provider', () => {
  async function joinedByMail(acmes: Acme) {
    const { org, clock } = acmes;
    const { secret } = await acceptInvitation((await invitePerson(org.owner, LEAD)).secret, null, clock);
    const session = await findSession(secret, clock.now());
    if (!session) throw new Error('The session lives.');
    return { orgId: org.orgId, actor: actorOf(session), clock, requestId: 'r' };
  }

  it('is the same person from then on, when they come through it', async () => {
    const acmes = await acme();
    const { org, connection, clock } = acmes;
    const ctx = await joinedByMail(acmes);
    const { personId } = ctx.actor;
    await expect(signInAs(acmes, ana), 'an address links nobody').rejects.toMatchObject(refused);
    expect((await getMember(ctx, personId))?.connectable).toEqual([{ id: connection, name: 'The provider' }]);
    expect((await getMember(org.owner, personId))?.connectable).toEqual([]);
    provider.signsIn(ana);
    const finished = await answerOf(org, connection, await beginConnecting(ctx, { connection }));
    expect(finished).toMatchObject({
      kind: 'opened',
      returnTo: `/${org.slug}/settings/members/${personId}`,
    });
    expect((await signInAs(acmes, ana)).person.id).toBe(personId);
    expect((await getMember(ctx, personId))?.connectable).toEqual([]);
    expect((await getMembers(org.owner)).people).toHaveLength(2);
    expect(await entriesOf(acmes)).toContainEqual({
      act: 'person.linked',
      after: expect.objectContaining({ connection, subject: 'ana-1', from: 'their own session' }),
    });
    clock.moveOn({ minutes: 16 });
    await expect(beginConnecting(ctx, { connection })).rejects.toMatchObject({
      code: 'fresh_sign_in_needed',
    });
  });

  it('is refused with somebody else’s address or sign-in, and once they were removed', async () => {
    const acmes = await acme('anyone');
    const { org, connection } = acmes;
    const ctx = await joinedByMail(acmes);
    const bring = async (account: typeof ana) => {
      provider.signsIn(account);
      return answerOf(org, connection, await beginConnecting(ctx, { connection }));
    };
    await expect(bring({ ...ana, sub: 'ben-1', email: 'ben@acme.example' })).rejects.toThrow(
      /is not the address of the person who is signed in/,
    );
    await expect(bring({ ...ana, email_verified: false })).rejects.toMatchObject(refused);
    const twin = (await signInAs(acmes, ana)).person;
    expect(twin.id).not.toBe(ctx.actor.personId);
    await expect(bring(ana)).rejects.toThrow(/belongs to somebody else here/);
    await removePerson(org.owner, { person: twin.id });
    await bring(ana);
    expect((await signInAs(acmes, ana)).person.id).toBe(ctx.actor.personId);
    const begun = await beginConnecting(ctx, { connection });
    await removePerson(org.owner, { person: ctx.actor.personId });
    await expect(answerOf(org, connection, begun)).rejects.toMatchObject(refused);
  });

  it('gives their address where Gait knows none, which the provider must vouch for, and which is nobody else’s', async () => {
    const acmes = await acme();
    const { org, connection } = acmes;
    await joinedByMail(acmes);
    await expect(beginConnecting(org.owner, { connection })).rejects.toMatchObject({
      fields: { email: ['Give your e-mail address at work.'] },
    });
    const bring = async (account: typeof ana, email: string) => {
      provider.signsIn(account);
      return answerOf(org, connection, await beginConnecting(org.owner, { connection, email }));
    };
    await expect(bring(ana, ana.email)).rejects.toThrow(/is the address of somebody else here/);
    const olga = { ...ana, sub: 'olga-1', email: 'olga@acme.example' };
    await expect(bring(olga, 'olga.owner@acme.example')).rejects.toThrow(/is not the address of the person/);
    await bring(olga, olga.email);
    const { personId } = org.owner.actor;
    expect((await getMember(org.owner, personId))?.person).toMatchObject({
      email: 'olga@acme.example',
      signsInBy: ['The provider'],
    });
  });

  it('begins only with a connection that is on', async () => {
    const { org, connection } = await acme();
    await switchConnection(org.owner, { connection, to: 'off' });
    await expect(beginConnecting(org.owner, { connection })).rejects.toMatchObject({ code: 'conflict' });
    await expect(beginConnecting(org.ctx, { connection })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
