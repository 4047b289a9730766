import { expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { prepareInstallation } from './first-start';
import { installOrg } from './mutations';

aTestDatabase();

it('a start prints no link that would be refused: where single sign-on is enforced, one for who may break the glass', async () => {
  const { orgId, clock, person } = await anOrganisation();
  await installOrg(orgId, clock);
  const second = await person('Otto', 'owner');
  const start = async () => (await prepareInstallation('http://gait', 'start', () => {})).link;
  const set = (breakGlass: boolean) =>
    inOrg(orgId, (tx) => tx.person.updateMany({ where: { orgId }, data: { breakGlass } }));
  await inOrg(orgId, (tx) => tx.organisation.update({ where: { orgId }, data: { ssoEnforced: true } }));
  await set(false);
  expect(await start()).toBeNull();
  const where = { orgId_id: { orgId, id: second.actor.personId } };
  await inOrg(orgId, (tx) => tx.person.update({ where, data: { breakGlass: true } }));
  expect(await start()).toMatch(/^http:\/\/gait\/sign-in\?link=/);
  const links = await inOrg(orgId, (tx) => tx.signInLink.findMany({ select: { personId: true } }));
  expect(links).toEqual([{ personId: second.actor.personId }]);
  await set(false);
  await inOrg(orgId, (tx) => tx.organisation.update({ where: { orgId }, data: { ssoEnforced: false } }));
  expect(await start()).not.toBeNull();
});
