import { expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { createSecret } from '@/lib/platform/secret';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { actorOf } from './actor';
import { findSession, previewSignInLink } from './data';
import { createSignInLink, signIn, signOut } from './mutations';

const database = aTestDatabase();

async function invited() {
  const clock = aClock();
  const org = await anOrganisation({ clock });
  const { actor } = org.owner;
  const personId = actor.kind === 'user' ? actor.personId : '';
  return { clock, org, personId, link: await createSignInLink(org.orgId, personId, 'owner link', clock) };
}

it('a link signs its person in, into their organisation, and looking at it does not use it up', async () => {
  const { clock, org, personId, link } = await invited();
  const look = () => previewSignInLink(link, clock.now());
  const ready = { state: 'ready', personName: 'Olga Owner', organisationName: 'Acme' };
  expect([await look(), await look()]).toEqual([ready, ready]);
  const { secret, slug } = await signIn(link, 'a browser', clock);
  expect(slug).toBe(org.slug);
  expect(await findSession(secret, clock.now())).toMatchObject({
    orgId: org.orgId,
    via: 'owner link',
    person: { id: personId, name: 'Olga Owner', grants: [{ role: 'owner', team: null }] },
    organisation: { slug: 'acme', isSample: false },
  });
  expect(await look()).toEqual({ state: 'used' });
});

it('of many clicks on one link at the same time one signs in', async () => {
  const { clock, link, org } = await invited();
  const clicks = await Promise.allSettled(Array.from({ length: 8 }, () => signIn(link, null, clock)));
  expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const click of clicks)
    if (click.status === 'rejected') expect(click.reason).toMatchObject({ code: 'unauthenticated' });
  expect(await inOrg(org.orgId, (tx) => tx.session.count())).toBe(1);
  expect(await inOrg(org.orgId, (tx) => tx.audit.count({ where: { act: 'session.started' } }))).toBe(1);
});

it('an owner’s link lasts a day, another ten minutes', async () => {
  const { clock, link, org, personId } = await invited();
  clock.moveOn({ hours: 24 });
  expect(await previewSignInLink(link, clock.now())).toEqual({ state: 'expired' });
  await expect(signIn(link, null, clock)).rejects.toMatchObject({ code: 'unauthenticated' });
  const mailed = await createSignInLink(org.orgId, personId, 'e-mail link', clock);
  clock.moveOn({ minutes: 10 });
  expect(await previewSignInLink(mailed, clock.now())).toEqual({ state: 'expired' });
});

it('a session ends a day after its last use, and two weeks after it began in any case', async () => {
  const { clock, link } = await invited();
  const { secret } = await signIn(link, null, clock);
  const isOpen = async () => (await findSession(secret, clock.now())) !== null;
  for (let day = 1; day < 14; day += 1) {
    clock.moveOn({ days: 1, seconds: -1 });
    expect(await isOpen(), `day ${day}`).toBe(true);
  }
  clock.moveOn({ days: 1, seconds: -1 });
  expect(await isOpen()).toBe(true);
  clock.moveOn({ seconds: 14 });
  expect(await isOpen()).toBe(false);

  const watched = await invited();
  const left = await signIn(watched.link, null, watched.clock);
  for (let hour = 1; hour < 24; hour += 1) {
    watched.clock.moveOn({ hours: 1 });
    expect(await findSession(left.secret, watched.clock.now(), { isUse: false })).not.toBeNull();
  }
  watched.clock.moveOn({ hours: 1 });
  expect(await findSession(left.secret, watched.clock.now(), { isUse: false })).toBeNull();

  const idle = await invited();
  const forgotten = await signIn(idle.link, null, idle.clock);
  idle.clock.moveOn({ days: 1 });
  expect(await findSession(forgotten.secret, idle.clock.now())).toBeNull();
});

it('removing a person ends their sessions and links at once', async () => {
  const { clock, link, org, personId } = await invited();
  const { secret } = await signIn(link, null, clock);
  const unused = await createSignInLink(org.orgId, personId, 'owner link', clock);
  await inOrg(org.orgId, (tx) =>
    tx.person.updateMany({ where: { id: personId }, data: { removedAt: clock.now() } }),
  );
  expect(await findSession(secret, clock.now())).toBeNull();
  expect(await previewSignInLink(unused, clock.now())).toEqual({ state: 'unknown' });
  await expect(signIn(unused, null, clock)).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('signing out ends this session and no other', async () => {
  const { clock, link, org, personId } = await invited();
  const first = await signIn(link, null, clock);
  const second = await signIn(await createSignInLink(org.orgId, personId, 'owner link', clock), null, clock);
  const session = await findSession(first.secret, clock.now());
  if (!session) throw new Error('The first session is open.');
  await signOut({ orgId: org.orgId, actor: actorOf(session), clock, requestId: 'r' });
  expect(await findSession(first.secret, clock.now())).toBeNull();
  expect(await findSession(second.secret, clock.now())).not.toBeNull();
});

it('what is no secret of ours, or one of another kind, is nobody', async () => {
  const { clock, link, org } = await invited();
  const strange = [
    '',
    'x',
    createSecret('session', org.orgId).secret,
    createSecret('session', '0198a5a0-0000-7000-8000-000000000000').secret,
  ];
  for (const secret of [...strange, link]) expect(await findSession(secret, clock.now())).toBeNull();
  const { secret } = await signIn(link, null, clock);
  expect(await previewSignInLink(secret, clock.now())).toEqual({ state: 'unknown' });
  await expect(signIn(secret, null, clock)).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('keeps no secret, only hashes', async () => {
  const { clock, link, org } = await invited();
  const { secret } = await signIn(link, null, clock);
  const dump = await database.asOwner<{ t: string }>(
    `SELECT coalesce(string_agg(s::text, ''), '') || (SELECT string_agg(l::text, '') FROM sign_in_link l)
       || (SELECT string_agg(t::text, '') FROM token t) || (SELECT string_agg(a::text, '') FROM audit a) AS t FROM session s`,
  );
  for (const one of [link, secret, org.token]) expect(dump[0]?.t.includes(one.slice(6, 60))).toBe(false);
});
