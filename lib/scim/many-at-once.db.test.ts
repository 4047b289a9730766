import { describe, expect, it } from 'vitest';
import { verifyStored } from '@/lib/audit/verify-stored';
import { aTestDatabase } from '@/lib/testing/database';
import { aProvisionedOrganisation, type Directory } from './testing';

const database = aTestDatabase();
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const statuses = async (answers: Promise<{ status: number }>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).sort();

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Users whom nobody waits for: written by the owner of the database. */
async function manyUsers({ org, connection }: Directory, count: number): Promise<string[]> {
  const rows = await database.asOwner<{ id: string }>(
    `WITH made AS (
       INSERT INTO person (org_id, id, name, handles, created_at)
       SELECT $1, gen_random_uuid(), 'Person ' || n, '{}', now() FROM generate_series(1, $3::int) n RETURNING id, name)
     INSERT INTO directory_user (org_id, connection_id, id, user_name, active, person_id, document, version, created_at, updated_at)
     SELECT $1, $2, gen_random_uuid(), lower(name), true, id, jsonb_build_object('userName', name), 1, now(), now()
     FROM made RETURNING id`,
    [org.orgId, connection, count],
  );
  return rows.map(({ id }) => id);
}

const grantsOf = async ({ org }: Directory) =>
  (
    await database.asOwner<{ count: number }>(
      "SELECT count(*)::int AS count FROM role_grant WHERE org_id = $1 AND source <> 'manual'",
      [org.orgId],
    )
  )[0]?.count;

describe('a group of 5,000', () => {
  it('is filled, renamed and removed in one request each, with the roles of everybody', async () => {
    const okta = await aProvisionedOrganisation();
    await okta.map('Everybody', 'member');
    const ids = await manyUsers(okta, 5_000);
    const made = await okta.send('POST', '/Groups', {
      schemas: [GROUP],
      displayName: 'Everybody',
      members: ids.map((value) => ({ value })),
    });
    expect(made.status).toBe(201);
    expect(made.body.members).toHaveLength(5_000);
    expect(await grantsOf(okta)).toBe(5_000);
    const path = `/Groups/${made.body.id}`;
    const fewer = ids.slice(1).map((value) => ({ value }));
    expect((await okta.patch(path, [{ op: 'replace', path: 'members', value: fewer }])).status).toBe(204);
    expect(await grantsOf(okta)).toBe(4_999);
    expect((await okta.patch(path, [{ op: 'replace', value: { displayName: 'Nobody' } }])).status).toBe(204);
    expect(await grantsOf(okta)).toBe(0);
    expect((await okta.send('DELETE', path)).status).toBe(204);
    expect(await verifyStored(okta.org.orgId)).toMatchObject({ ok: true });
  }, 60_000);
});

describe('requests at the same moment', () => {
  it('make one user of a name, and one group', async () => {
    const okta = await aProvisionedOrganisation();
    const user = { schemas: [USER], userName: 'ana', externalId: 'e' };
    expect(await statuses(times(8, () => okta.send('POST', '/Users', user)))).toEqual([
      201,
      ...times(7, () => 409),
    ]);
    const group = { schemas: [GROUP], displayName: 'Leads' };
    expect(await statuses(times(8, () => okta.send('POST', '/Groups', group)))).toEqual([
      201,
      ...times(7, () => 409),
    ]);
    const people = await database.asOwner('SELECT FROM person WHERE org_id = $1', [okta.org.orgId]);
    expect(people).toHaveLength(2);
  });

  it('delete once, and whoever comes later finds nothing', async () => {
    const okta = await aProvisionedOrganisation();
    const id = await okta.user('ana');
    const group = await okta.group('Leads', [id]);
    expect(
      await statuses([
        ...times(3, () => okta.send('DELETE', `/Users/${id}`)),
        ...times(3, () => okta.send('DELETE', `/Groups/${group}`)),
      ]),
    ).toEqual([204, 204, 404, 404, 404, 404]);
  });

  it('of one version change it once', async () => {
    const okta = await aProvisionedOrganisation();
    const id = await okta.user('ana');
    const answers = times(6, (index) =>
      okta.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: `T${index}` }], {
        headers: { 'if-match': 'W/"1"' },
      }),
    );
    expect(await statuses(answers)).toEqual([200, ...times(5, () => 412)]);
  });

  it('that delete, add, change and switch off leave nothing halfway', async () => {
    const okta = await aProvisionedOrganisation();
    await okta.map('Leads', 'lead', 'payments');
    for (let round = 0; round < 5; round += 1) {
      const id = await okta.user(`u${round}`);
      const group = await okta.group(`Leads${round === 0 ? '' : round}`);
      const answers = await Promise.all([
        okta.send('DELETE', `/Users/${id}`),
        okta.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value: id }] }]),
        okta.patch(`/Groups/${group}`, [{ op: 'replace', value: { displayName: `Leads ${round}` } }]),
        okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]),
        okta.send('PUT', `/Users/${id}`, { schemas: [USER], userName: `other${round}` }),
        okta.send('DELETE', `/Groups/${group}`),
      ]);
      for (const { status, body } of answers)
        expect([200, 204, 400, 404], JSON.stringify(body)).toContain(status);
      expect((await okta.get(`/Users/${id}`)).status).toBe(404);
    }
    expect(await grantsOf(okta)).toBe(0);
    const left = await database.asOwner('SELECT FROM directory_member WHERE org_id = $1', [okta.org.orgId]);
    expect(left).toHaveLength(0);
    const inside = await database.asOwner('SELECT FROM person WHERE org_id = $1 AND removed_at IS NULL', [
      okta.org.orgId,
    ]);
    expect(inside).toHaveLength(1);
    expect(await verifyStored(okta.org.orgId)).toMatchObject({ ok: true });
  });
});
