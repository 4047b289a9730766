import { describe, expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { readSecret } from '@/lib/platform/secret';
import { findSession } from '@/lib/sessions/data';
import { createSignInLink, signIn } from '@/lib/sessions/mutations';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { findToken } from '@/lib/tokens/data';
import { createToken } from '@/lib/tokens/mutations';
import { previewInvitation } from './data/invitation';
import { getMember, getMembers } from './data/members';
import { endSessionsOf, removePerson, restorePerson } from './mutations/access';
import { acceptInvitation, invitePerson, revokeInvitation } from './mutations/invitations';
import { giveRole, takeRole } from './mutations/roles';

aTestDatabase();

const inOrganisation = (role: 'owner' | 'admin' | 'lead' | 'member' | 'auditor') => ({ role, team: null });

async function acme() {
  const clock = aClock();
  const org = await anOrganisation({ clock });
  await inOrg(org.orgId, (tx) =>
    tx.team.create({
      data: { orgId: org.orgId, slug: 'payments', name: 'Payments', createdAt: clock.now() },
    }),
  );
  return { org, clock };
}

async function signedIn(org: TestOrganisation, personId: string): Promise<string> {
  const link = await createSignInLink(org.orgId, personId, 'owner link', org.clock);
  return (await signIn(link, null, org.clock)).secret;
}

const rolesIn = async (org: TestOrganisation, personId: string) =>
  (await getMember(org.owner, personId))?.person.grants
    .map(({ role, team }) => `${role}@${team ?? ''}`)
    .sort();

const actsIn = async (org: TestOrganisation) =>
  (await inOrg(org.orgId, (tx) => tx.audit.findMany({ orderBy: { id: 'asc' } }))).map(({ act }) => act);

describe('an invitation', () => {
  const ana = {
    name: 'Ana Silva',
    email: 'ana@acme.example',
    role: { role: 'lead', team: 'payments' },
  } as const;

  it('makes one person with the role it names, signed in, once', async () => {
    const { org, clock } = await acme();
    const { secret } = await invitePerson(org.owner, ana);
    expect(await previewInvitation(secret, clock.now())).toEqual({
      state: 'ready',
      name: 'Ana Silva',
      organisationName: 'Acme',
      roles: 'lead of Payments',
    });
    const clicks = await Promise.allSettled([1, 2, 3, 4].map(() => acceptInvitation(secret, null, clock)));
    const joined = clicks.flatMap((click) => (click.status === 'fulfilled' ? [click.value] : []));
    expect(joined).toHaveLength(1);
    const session = await findSession(joined[0]?.secret ?? '', clock.now());
    expect(session).toMatchObject({
      via: 'invitation',
      person: { name: 'Ana Silva', grants: [{ role: 'lead', team: 'payments' }] },
    });
    expect(await previewInvitation(secret, clock.now())).toEqual({ state: 'used' });
    const { people, invitations } = await getMembers(org.owner);
    expect(people.map(({ name, signsInBy }) => [name, signsInBy])).toEqual([
      ['Ana Silva', ['e-mail link']],
      ['Olga Owner', []],
    ]);
    expect(invitations).toEqual([]);
    expect(await actsIn(org)).toContain('person.joined');
  });

  it('that is taken back, expired or foreign lets nobody in', async () => {
    const { org, clock } = await acme();
    const { id, secret } = await invitePerson(org.owner, ana);
    await revokeInvitation(org.owner, { invitation: id });
    expect(await previewInvitation(secret, clock.now())).toEqual({ state: 'unknown' });
    const late = (await invitePerson(org.owner, ana)).secret;
    clock.moveOn({ days: 7 });
    expect(await previewInvitation(late, clock.now())).toEqual({ state: 'expired' });
    for (const bad of [secret, late, 'gaiti_x', org.token])
      await expect(acceptInvitation(bad, null, clock)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await getMembers(org.owner)).people).toHaveLength(1);
  });

  it('is for owners and admins to send, and only owners ask somebody to be one', async () => {
    const { org } = await acme();
    for (const role of ['lead', 'member', 'auditor'] as const)
      await expect(invitePerson(await org.person('Mia', role), ana)).rejects.toMatchObject({
        code: 'forbidden',
        message: 'Only owners and admins invite people and change their roles. Ask Olga Owner.',
      });
    const admin = await org.person('Adam', 'admin');
    await invitePerson(admin, ana);
    await expect(invitePerson(admin, { ...ana, role: inOrganisation('owner') })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      invitePerson(admin, { ...ana, role: { role: 'lead', team: 'nowhere' } }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('roles', () => {
  it('are given and taken by hand, one in each place, with before and after in the audit log', async () => {
    const { org } = await acme();
    const { personId } = (await org.person('Mia', 'member')).actor;
    await giveRole(org.owner, { person: personId, role: { role: 'lead', team: 'payments' } });
    await giveRole(org.owner, { person: personId, role: inOrganisation('auditor') });
    expect(await rolesIn(org, personId)).toEqual(['auditor@', 'lead@payments']);
    await takeRole(org.owner, { person: personId, role: inOrganisation('auditor') });
    expect(await rolesIn(org, personId)).toEqual(['lead@payments']);
    const changes = await inOrg(org.orgId, (tx) =>
      tx.audit.findMany({ where: { act: 'person.roles_changed' }, orderBy: { id: 'asc' } }),
    );
    expect(changes.map(({ before, after }) => [before, after])).toEqual([
      [{ roles: ['member'] }, { roles: ['lead of payments', 'member'] }],
      [{ roles: ['lead of payments', 'member'] }, { roles: ['auditor', 'lead of payments'] }],
      [{ roles: ['auditor', 'lead of payments'] }, { roles: ['lead of payments'] }],
    ]);
  });

  it('never leave an organisation without an owner, also when two owners go at once', async () => {
    const { org } = await acme();
    const owner = org.owner.actor.personId;
    const last = { code: 'conflict', message: 'This is the last owner. Make somebody else an owner first.' };
    const role = inOrganisation('owner');
    await expect(takeRole(org.owner, { person: owner, role })).rejects.toMatchObject(last);
    await expect(
      giveRole(org.owner, { person: owner, role: inOrganisation('member') }),
    ).rejects.toMatchObject(last);
    await expect(removePerson(org.owner, { person: owner })).rejects.toMatchObject(last);
    const second = await org.person('Otto', 'owner');
    const goes = await Promise.allSettled([
      takeRole(org.owner, { person: owner, role }),
      removePerson(second, { person: second.actor.personId }),
    ]);
    expect(goes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('of an owner are an owner’s to change, after a fresh sign-in', async () => {
    const { org, clock } = await acme();
    const admin = await org.person('Adam', 'admin');
    const { personId } = (await org.person('Mia', 'member')).actor;
    const toOwner = { person: personId, role: inOrganisation('owner') };
    await expect(giveRole(admin, toOwner)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(removePerson(admin, { person: org.owner.actor.personId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    clock.moveOn({ minutes: 16 });
    await expect(giveRole(org.owner, toOwner)).rejects.toMatchObject({ code: 'fresh_sign_in_needed' });
    await giveRole(
      { ...org.owner, actor: { ...org.owner.actor, authenticatedAt: clock.now().getTime() } },
      toOwner,
    );
    expect(await rolesIn(org, personId)).toEqual(['owner@']);
  });
});

describe('somebody who is removed', () => {
  it('is out at once, with their sessions, links and tokens; let in again they have their roles', async () => {
    const { org, clock } = await acme();
    const lead = await org.person('Lena', 'lead');
    const { personId } = lead.actor;
    const session = await signedIn(org, personId);
    const unused = await createSignInLink(org.orgId, personId, 'owner link', clock);
    const token = readSecret(
      'token',
      (await createToken(lead, { name: 'ci', scopes: ['read'], days: 9 })).secret,
    );
    if (!token) throw new Error('A token is a secret of ours.');
    const tokenLives = async () => (await findToken(org.orgId, token.hash, clock.now())) !== null;
    expect(await tokenLives()).toBe(true);
    await removePerson(org.owner, { person: personId });
    expect(await findSession(session, clock.now())).toBeNull();
    expect(await tokenLives()).toBe(false);
    await expect(signIn(unused, null, clock)).rejects.toMatchObject({ code: 'unauthenticated' });
    await restorePerson(org.owner, { person: personId });
    expect(await findSession(session, clock.now())).toBeNull();
    expect(await tokenLives()).toBe(false);
    expect(await findSession(await signedIn(org, personId), clock.now())).toMatchObject({
      person: { grants: [{ role: 'lead', team: null }] },
    });
  });
});

describe('sessions', () => {
  it('are ended by the person, or by who manages people, and by nobody else', async () => {
    const { org, clock } = await acme();
    const mia = await org.person('Mia', 'member');
    const { personId } = mia.actor;
    const [first, second] = [await signedIn(org, personId), await signedIn(org, personId)];
    const open = async () => {
      const found = await Promise.all([first, second].map((secret) => findSession(secret, clock.now())));
      return found.map((session) => session !== null);
    };
    await expect(endSessionsOf(await org.person('Max', 'lead'), { person: personId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const session = (await findSession(first, clock.now()))?.id;
    expect(await endSessionsOf(mia, { person: personId, session })).toBe(1);
    expect(await open()).toEqual([false, true]);
    expect(await endSessionsOf(org.owner, { person: personId })).toBe(1);
    expect(await open()).toEqual([false, false]);
  });

  it('are shown to the person and to who manages people', async () => {
    const { org } = await acme();
    const mia = await org.person('Mia', 'member');
    await signedIn(org, mia.actor.personId);
    const seenBy = async (reader: typeof mia) =>
      (await getMember(reader, mia.actor.personId))?.sessions?.length ?? null;
    expect([await seenBy(mia), await seenBy(org.owner)]).toEqual([1, 1]);
    expect(await seenBy(await org.person('Max', 'lead'))).toBeNull();
  });
});
