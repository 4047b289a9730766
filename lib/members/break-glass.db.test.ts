import { describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { findSession } from '@/lib/sessions/data';
import { createSignInLink, signIn } from '@/lib/sessions/mutations';
import { getSignInSettings } from '@/lib/sso/data/settings';
import { enforceSso } from '@/lib/sso/mutations/connections';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { getMember } from './data/members';
import { removePerson } from './mutations/access';
import { setBreakGlass } from './mutations/break-glass';
import { createLinkFor } from './mutations/links';
import { giveRole, takeRole } from './mutations/roles';

const database = aTestDatabase();

const OWNER = { role: 'owner', team: null } as const;
const LAST = {
  code: 'conflict',
  message:
    'Single sign-on is enforced, and nobody else could sign in without the provider. Let another owner break the glass first, on their page under Settings, People.',
};

/** Two owners, of whom the first may break the glass, where single sign-on is enforced. */
async function enforced() {
  const org = await anOrganisation({ clock: aClock() });
  const second = await org.person('Otto', 'owner');
  await inOrg(org.orgId, (tx) =>
    tx.organisation.update({ where: { orgId: org.orgId }, data: { ssoEnforced: true } }),
  );
  return { org, second, first: org.owner.actor.personId };
}

async function byLink(org: TestOrganisation, personId: string): Promise<string> {
  return (await signIn(await createSignInLink(org.orgId, personId, 'owner link', org.clock), null, org.clock))
    .secret;
}

const actsIn = (org: TestOrganisation) =>
  database.asOwner<{ act: string; actor: { kind: string; name: string } }>(
    'SELECT act, actor FROM audit WHERE org_id = $1 ORDER BY seq',
    [org.orgId],
  );

describe('while single sign-on is enforced, the last who may break the glass', () => {
  it('is neither removed nor loses ownership, until another owner may', async () => {
    const { org, second, first } = await enforced();
    for (const deed of [
      () => removePerson(second, { person: first }),
      () => takeRole(second, { person: first, role: OWNER }),
      () => giveRole(second, { person: first, role: { role: 'member', team: null } }),
      () => setBreakGlass(second, { person: first, to: false }),
    ])
      await expect(deed()).rejects.toMatchObject(LAST);
    expect((await getMember(second, first))?.person).toMatchObject({ removedAt: null, breakGlass: true });
    await setBreakGlass(org.owner, { person: second.actor.personId, to: true });
    await removePerson(second, { person: first });
    await byLink(org, second.actor.personId);
  });

  it('is not the last where another one goes at the same time, and one of the two stays', async () => {
    const { org, second, first } = await enforced();
    await setBreakGlass(org.owner, { person: second.actor.personId, to: true });
    const third = await org.person('Theo', 'owner');
    const goes = await Promise.allSettled([
      removePerson(third, { person: first }),
      setBreakGlass(third, { person: second.actor.personId, to: false }),
    ]);
    expect(goes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('may go where nothing is enforced, and then nothing can be enforced', async () => {
    const { org, second, first } = await enforced();
    await enforceSso(org.ctx, { to: false });
    await removePerson(second, { person: first });
    const enforcing = () => enforceSso(second, { to: true });
    await expect(enforcing()).rejects.toMatchObject({ message: expect.stringContaining('break the glass') });
    await setBreakGlass(second, { person: second.actor.personId, to: true });
    await expect(enforcing(), 'what else it wants').rejects.toMatchObject({
      message: 'Switch a connection on first.',
    });
  });

  it('does not stand in the way of anybody else', async () => {
    const { org, second } = await enforced();
    await removePerson(org.owner, { person: second.actor.personId });
  });
});

describe('who may break the glass', () => {
  it('is an owner, named by an owner who has just proven who they are; both deeds are in the record', async () => {
    const org = await anOrganisation({ clock: aClock() });
    const second = await org.person('Otto', 'owner');
    const { personId: person } = second.actor;
    const admin = await org.person('Adam', 'admin');
    await expect(setBreakGlass(admin, { person, to: true })).rejects.toMatchObject({ code: 'forbidden' });
    const stale: Ctx = { ...org.owner, actor: { ...org.owner.actor, authenticatedAt: 0 } };
    await expect(setBreakGlass(stale, { person, to: true })).rejects.toMatchObject({
      code: 'fresh_sign_in_needed',
    });
    await expect(setBreakGlass(org.owner, { person: admin.actor.personId, to: true })).rejects.toMatchObject({
      code: 'conflict',
      message: 'Only an owner may break the glass.',
    });
    await setBreakGlass(org.owner, { person, to: true });
    await setBreakGlass(org.owner, { person, to: true });
    expect((await getSignInSettings(org.owner)).breakGlass).toEqual(['Olga Owner', 'Otto']);
    await setBreakGlass(org.owner, { person, to: false });
    expect((await getSignInSettings(org.owner)).breakGlass).toEqual(['Olga Owner']);
    const acts = (await actsIn(org)).map(({ act }) => act);
    expect(acts.filter((act) => act.startsWith('glass.'))).toEqual(['glass.given', 'glass.taken']);
  });

  it('does so no longer without ownership: no link works, and the session by one ends', async () => {
    const { org, second, first } = await enforced();
    const { personId } = second.actor;
    await setBreakGlass(org.owner, { person: personId, to: true });
    const standing = async (secret: string) => (await findSession(secret, org.clock.now())) !== null;
    const mine = await byLink(org, first);
    const theirs = await byLink(org, personId);
    await giveRole(org.owner, { person: personId, role: { role: 'lead', team: null } });
    expect([await standing(mine), await standing(theirs)]).toEqual([true, false]);
    await expect(byLink(org, personId)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await getMember(org.owner, personId))?.person.breakGlass).toBe(false);
    await giveRole(org.owner, { person: personId, role: OWNER });
    const again = await byLink(org, personId);
    await setBreakGlass(org.owner, { person: personId, to: false });
    expect([await standing(mine), await standing(again)]).toEqual([true, false]);
  });
});

describe('the command of the machine', () => {
  it('makes no link that would be refused, and says what to do', async () => {
    const { org, second } = await enforced();
    const command: Ctx = { ...org.ctx, actor: { kind: 'job', name: 'gait command' } };
    expect(await createLinkFor(command, undefined)).toMatchObject({ name: 'Olga Owner' });
    await expect(createLinkFor(command, 'otto')).rejects.toMatchObject({
      code: 'conflict',
      message:
        'Single sign-on is enforced, and Otto may not break the glass: a link would not sign them in. End the enforcement first, with npx gait sso allow-others.',
    });
    await database.asOwner('UPDATE person SET removed_at = now() WHERE org_id = $1 AND id = $2', [
      org.orgId,
      org.owner.actor.personId,
    ]);
    await expect(createLinkFor(command, undefined)).rejects.toMatchObject({
      message: expect.stringContaining('npx gait sso allow-others'),
    });
    expect(await enforceSso(command, { to: false })).toBe(true);
    expect(await enforceSso(command, { to: false })).toBe(false);
    expect((await actsIn(org)).at(-1)).toMatchObject({
      act: 'sso.no_longer_enforced',
      actor: { kind: 'job', name: 'gait command' },
    });
    expect(await createLinkFor(command, undefined)).toMatchObject({ name: 'Otto' });
    await byLink(org, second.actor.personId);
  });
});
