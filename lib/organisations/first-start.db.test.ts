import { expect, it } from 'vitest';
import { createLinkFor } from '@/lib/members/mutations/links';
import { inOrg } from '@/lib/platform/db';
import { previewSignInLink } from '@/lib/sessions/data';
import { createSignInLink, signIn } from '@/lib/sessions/mutations';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { prepareInstallation } from './first-start';
import { installOrg } from './mutations';

aTestDatabase();

async function anInstallation(options: { isSample?: boolean } = {}) {
  const clock = aClock();
  const org = await anOrganisation({ clock, ...options });
  await installOrg(org.orgId, clock);
  const start = async (kind: 'start' | 'demo' = 'start') =>
    (await prepareInstallation('http://gait', kind, () => {}, clock)).link;
  return { org, clock, start };
}

const secretOf = (link: string | null) => new URL(link ?? '').searchParams.get('link') ?? '';

const ownerLinks = ({ orgId }: TestOrganisation) =>
  inOrg(orgId, (tx) => tx.signInLink.findMany({ where: { orgId }, select: { personId: true } }));

it('only the first start prints a link: later ones, and replicas beside it, print none', async () => {
  const { org, clock, start } = await anInstallation();
  const links = await Promise.all([start(), start(), start()]);
  const [printed, ...more] = links.filter((link) => link !== null);
  expect(more).toEqual([]);
  expect(await start()).toBeNull();
  await signIn(secretOf(printed ?? null), null, clock);
  expect(await start()).toBeNull();
  clock.moveOn({ days: 40 });
  expect(await start()).toBeNull();
  expect(await ownerLinks(org)).toHaveLength(1);
});

it('when the link of the first start ran out unused, the next start prints a new one; the old one works no more', async () => {
  const { clock, start } = await anInstallation();
  const first = secretOf(await start());
  clock.moveOn({ hours: 25 });
  const second = secretOf(await start());
  expect(await previewSignInLink(first, clock.now())).toEqual({ state: 'expired' });
  expect(await start()).toBeNull();
  await signIn(second, null, clock);
  clock.moveOn({ days: 2 });
  expect(await start()).toBeNull();
});

it('somebody who came in by another way has claimed the installation, too', async () => {
  const { org, clock, start } = await anInstallation();
  const lead = await org.person('Lena');
  await signIn(await createSignInLink(org.orgId, lead.actor.personId, 'e-mail link', clock), null, clock);
  expect(await start()).toBeNull();
  expect(await ownerLinks(org)).toHaveLength(1);
});

it('each start of the demo prints a link of its lead, until the sample gave way to an organisation of their own', async () => {
  const { org, clock, start } = await anInstallation({ isSample: true });
  const first = await start('demo');
  await signIn(secretOf(first), null, clock);
  const second = await start('demo');
  expect(second).not.toBe(first);
  await signIn(secretOf(second), null, clock);
  const own = await anOrganisation({ clock, name: 'Own' });
  await installOrg(own.orgId, clock);
  await signIn(await createSignInLink(own.orgId, own.owner.actor.personId, 'owner link', clock), null, clock);
  expect(await start('demo')).toBeNull();
  expect(await ownerLinks(org)).toHaveLength(2);
});

it('a link on demand is never one that would be refused: where single sign-on is enforced, it is of who may break the glass', async () => {
  const { org } = await anInstallation();
  const { orgId, person } = org;
  const second = await person('Otto', 'owner');
  await inOrg(orgId, (tx) => tx.organisation.update({ where: { orgId }, data: { ssoEnforced: true } }));
  await inOrg(orgId, (tx) => tx.person.updateMany({ where: { orgId }, data: { breakGlass: false } }));
  await expect(createLinkFor(org.ctx, undefined)).rejects.toMatchObject({ code: 'conflict' });
  const where = { orgId_id: { orgId, id: second.actor.personId } };
  await inOrg(orgId, (tx) => tx.person.update({ where, data: { breakGlass: true } }));
  expect((await createLinkFor(org.ctx, undefined)).link).toContain('/sign-in?link=');
  expect(await ownerLinks(org)).toEqual([{ personId: second.actor.personId }]);
});
