import { expect, it } from 'vitest';
import { inOrg } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { subjectsOf } from './data/subjects';

aTestDatabase();

it('what a deed was done to is said by its name, also when it is gone', async () => {
  const org = await anOrganisation();
  const neighbour = await anOrganisation({ name: 'Neighbour' });
  const { id: token } = await org.newToken();
  const { id: theirs } = await neighbour.newToken();
  const ana = await org.person('Ana', 'member');
  const gone = newId();
  const named = async (target: string, before: unknown = null) =>
    inOrg(org.orgId, async (tx) => {
      const entry = { target, before, after: null };
      return (await subjectsOf(tx, org.orgId, [entry]))(entry);
    });
  expect(await named(`token:${token}`)).toMatchObject({ kind: 'token', name: 'CI', isGone: false });
  expect(await named(`person:${ana.actor.personId}`)).toMatchObject({ name: 'Ana', isGone: false });
  expect(await named(`connection:${gone}`, { name: 'Okta' })).toMatchObject({ name: 'Okta', isGone: true });
  expect(await named(`token:${theirs}`)).toMatchObject({ name: null, isGone: true });
  expect(await named('task:github:acme/shop#1')).toEqual({
    kind: 'task',
    key: 'github:acme/shop#1',
    name: null,
    isGone: false,
  });
  expect(await named('audit')).toMatchObject({ kind: 'audit', key: '', name: null });
});
