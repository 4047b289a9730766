import { describe, expect, it } from 'vitest';
import { removePerson, restorePerson } from '@/lib/members/mutations/access';
import { aTestDatabase } from '@/lib/testing/database';
import { createDirectoryToken } from './mutations/tokens';
import { anotherDirectory, aProvisionedOrganisation } from './testing';

const database = aTestDatabase();
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const NOBODY = '0198a5a0-0000-7000-8000-000000000000';

describe('a directory', () => {
  it('says what it can do, and refuses the rest in its own form', async () => {
    const okta = await aProvisionedOrganisation();
    expect((await okta.get('/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      etag: { supported: true },
      sort: { supported: false },
    });
    const types = (await okta.get('/ResourceTypes')).body;
    expect(types.Resources.map(({ id }: { id: string }) => id)).toEqual(['User', 'Group']);
    const all = (await okta.get('/Schemas')).body;
    expect(all.totalResults).toBe(3);
    expect((await okta.get(`/Schemas/${USER}`)).body).toMatchObject({ id: USER, name: 'User' });
    expect((await okta.get('/Schemas/urn:none')).status).toBe(404);
    expect((await okta.get('/Schemas?filter=id+pr')).status).toBe(403);
    const bulk = await okta.send('POST', '/Bulk', {});
    expect(bulk).toMatchObject({
      status: 501,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '501' },
    });
    expect((await okta.get('/Me')).status).toBe(501);
    expect((await okta.get('/Nothing')).status).toBe(404);
    const wrong = await okta.send('DELETE', '/Users');
    expect(wrong).toMatchObject({ status: 405, body: { status: '405' } });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
  });

  it('is known by a live token of its own connection, and by nothing else', async () => {
    const okta = await aProvisionedOrganisation();
    const id = await okta.user('ana');
    const group = await okta.group('Leads', [id]);
    const refused = { status: 401, body: { status: '401', detail: expect.stringMatching(/not known/) } };
    expect(await okta.get('/Users', { token: 'gait_nonsense' })).toMatchObject(refused);
    expect((await okta.get('/Users', { token: 'gait_nonsense' })).headers.get('www-authenticate')).toBe(
      'Bearer',
    );
    const { secret } = await okta.org.newToken({ scopes: ['read', 'events:write'] });
    expect(await okta.get('/Users', { token: secret })).toMatchObject({
      status: 403,
      body: { status: '403' },
    });

    for (const other of [await anotherDirectory(okta.org), await aProvisionedOrganisation()]) {
      expect((await other.get('/Users')).body.totalResults).toBe(0);
      expect((await other.find('Users', 'userName eq "ana" or id pr')).body.totalResults).toBe(0);
      for (const path of [`/Users/${id}`, `/Groups/${group}`]) {
        expect((await other.get(path)).status).toBe(404);
        expect((await other.send('DELETE', path)).status).toBe(404);
        expect((await other.patch(path, [{ op: 'replace', value: { displayName: 'x' } }])).status).toBe(404);
      }
      const whole = { schemas: [USER], userName: 'ana' };
      expect((await other.send('PUT', `/Users/${id}`, whole)).status).toBe(404);
      const steal = { schemas: [GROUP], displayName: 'Mine', members: [{ value: id }] };
      expect(await other.send('POST', '/Groups', steal)).toMatchObject({
        status: 400,
        body: { scimType: 'invalidValue' },
      });
      // Names are the connection's own.
      expect(await other.user('ana')).not.toBe(id);
    }
    expect((await okta.get(`/Users/${id}`)).body.userName).toBe('ana');

    await database.asOwner(
      "UPDATE token SET expires_at = now() - interval '1 second' WHERE connection = $1",
      [okta.connection],
    );
    expect(await okta.get('/Users')).toMatchObject(refused);
    const fresh = await createDirectoryToken(okta.org.owner, { connection: okta.connection });
    expect((await okta.get('/Users', { token: fresh.secret })).status).toBe(200);
    await database.asOwner('DELETE FROM group_mapping; DELETE FROM connection');
    expect(await okta.get('/Users', { token: fresh.secret })).toMatchObject(refused);
  });

  it('gets its token from whoever sets up sign-in, for 90 days', async () => {
    const okta = await aProvisionedOrganisation();
    const lead = await okta.org.person('Lena', 'lead');
    await expect(createDirectoryToken(lead, { connection: okta.connection })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(createDirectoryToken(okta.org.owner, { connection: NOBODY })).rejects.toMatchObject({
      code: 'not_found',
    });
    const { expiresAt } = await createDirectoryToken(okta.org.owner, { connection: okta.connection });
    expect(expiresAt.getTime() - okta.org.clock.now().getTime()).toBe(90 * 86_400_000);
  });

  it('lets in again only whom it has itself switched off', async () => {
    const okta = await aProvisionedOrganisation();
    const id = await okta.user('ana');
    const { id: person } = await okta.person(id);
    await removePerson(okta.org.owner, { person });
    await okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]);
    await okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: true } }]);
    expect((await okta.person(id)).removedAt).not.toBeNull();
    await restorePerson(okta.org.owner, { person });
    await okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]);
    await restorePerson(okta.org.owner, { person });
    // Said again, it holds again, although nothing changed in the directory.
    await okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]);
    expect((await okta.person(id)).removedAt).not.toBeNull();
  });
});

describe('a request that is wrong', () => {
  const user = (more: object) => ({ schemas: [USER], userName: 'x', ...more });

  it('is refused with the word that RFC 7644 has for it, and changes nothing', async () => {
    const okta = await aProvisionedOrganisation();
    const id = await okta.user('ana', { displayName: 'Ana', externalId: 'e1' });
    await okta.user('bo', { externalId: 'e2' });
    const group = await okta.group('Leads', [id]);
    const before = [await okta.get(`/Users/${id}`), await okta.get(`/Groups/${group}`)].map(
      ({ body }) => body,
    );
    const at = `/Users/${id}`;
    const inGroup = `/Groups/${group}`;
    const cases: [string, string, unknown, number, string | undefined][] = [
      ['POST', '/Users', user({ userName: 'ANA' }), 409, 'uniqueness'],
      ['POST', '/Users', user({ externalId: 'e1' }), 409, 'uniqueness'],
      ['POST', '/Users', { schemas: [USER] }, 400, 'invalidValue'],
      ['POST', '/Users', user({ userName: '  ' }), 400, 'invalidValue'],
      ['POST', '/Users', { userName: 'x' }, 400, 'invalidSyntax'],
      ['POST', '/Users', { schemas: [GROUP], userName: 'x' }, 400, 'invalidSyntax'],
      ['POST', '/Users', [user({})], 400, 'invalidSyntax'],
      ['POST', '/Users', null, 400, 'invalidSyntax'],
      ['POST', '/Users', user({ active: 5 }), 400, 'invalidValue'],
      ['POST', '/Users', user({ active: 'perhaps' }), 400, 'invalidValue'],
      ['POST', '/Users', user({ userName: 7 }), 400, 'invalidValue'],
      ['POST', '/Users', user({ name: 'Ana' }), 400, 'invalidValue'],
      ['POST', '/Users', user({ emails: [[1]] }), 400, 'invalidValue'],
      ['POST', '/Users', user({ displayName: 'a\u0000b' }), 400, 'invalidValue'],
      ['POST', '/Users', user({ displayName: '\ud800' }), 400, 'invalidValue'],
      ['POST', '/Users', user({ displayName: 'x'.repeat(2_001) }), 400, 'invalidValue'],
      [
        'POST',
        '/Users',
        user({ emails: Array.from({ length: 201 }, () => ({ value: 'a@b.c' })) }),
        400,
        'invalidValue',
      ],
      ['PUT', at, user({ userName: 'bo' }), 409, 'uniqueness'],
      ['PUT', `/Users/${NOBODY}`, user({}), 404, undefined],
      ['PUT', '/Users/not-an-id', user({}), 404, undefined],
      ['PATCH', at, { schemas: [PATCH] }, 400, 'invalidSyntax'],
      ['PATCH', at, { Operations: [{ op: 'add', value: {} }] }, 400, 'invalidSyntax'],
      ['PATCH', at, { schemas: [PATCH], Operations: [] }, 400, 'invalidSyntax'],
      ['PATCH', at, { schemas: [PATCH], Operations: 'x' }, 400, 'invalidSyntax'],
      ...(
        [
          [{ op: 'move', path: 'title' }, 'invalidSyntax'],
          [{ op: 'add', path: 5, value: 1 }, 'invalidSyntax'],
          [{ op: 'add', value: 'x' }, 'invalidSyntax'],
          [{ op: 'remove' }, 'noTarget'],
          [{ op: 'add', path: 'unheardOf', value: 'x' }, 'invalidPath'],
          [{ op: 'add', path: 'name.unheardOf', value: 'x' }, 'invalidPath'],
          [{ op: 'add', path: 'urn:x:y:title', value: 'x' }, 'invalidPath'],
          [{ op: 'add', path: '__proto__.polluted', value: 'x' }, 'invalidPath'],
          [{ op: 'add', path: 'constructor.prototype.polluted', value: 'x' }, 'invalidPath'],
          [{ op: 'replace', path: 'emails[type eq "work"', value: 'x' }, 'invalidPath'],
          [{ op: 'replace', path: 'emails[type zz "work"].value', value: 'x' }, 'invalidFilter'],
          [{ op: 'replace', path: 'emails[nothing eq "work"].value', value: 'x' }, 'invalidFilter'],
          [{ op: 'replace', path: 'emails[type sw "work"].value', value: 'x' }, 'noTarget'],
          [{ op: 'replace', path: 'title[type eq "work"]', value: 'x' }, 'invalidPath'],
          [{ op: 'replace', path: 'id', value: 'x' }, 'mutability'],
          [{ op: 'replace', path: 'groups', value: [] }, 'mutability'],
          [{ op: 'replace', path: 'meta.created', value: 'x' }, 'mutability'],
          [{ op: 'replace', path: 'active', value: 'maybe' }, 'invalidValue'],
          [{ op: 'replace', path: 'active' }, 'invalidValue'],
          [{ op: 'replace', path: 'title', value: { a: 1 } }, 'invalidValue'],
          [{ op: 'remove', path: 'userName' }, 'invalidValue'],
          [{ op: 'replace', path: 'userName', value: 'bo' }, 'uniqueness'],
        ] as const
      ).map(([operation, scimType]): [string, string, unknown, number, string] => [
        'PATCH',
        at,
        {
          schemas: [PATCH],
          Operations: [{ op: 'replace', path: 'displayName', value: 'changed' }, operation],
        },
        scimType === 'uniqueness' ? 409 : 400,
        scimType,
      ]),
      ['POST', '/Groups', { schemas: [GROUP] }, 400, 'invalidValue'],
      ['POST', '/Groups', { schemas: [GROUP], displayName: 'Leads' }, 409, 'uniqueness'],
      [
        'POST',
        '/Groups',
        { schemas: [GROUP], displayName: 'x', members: [{ value: NOBODY }] },
        400,
        'invalidValue',
      ],
      [
        'POST',
        '/Groups',
        { schemas: [GROUP], displayName: 'x', members: [{ display: 'y' }] },
        400,
        'invalidValue',
      ],
      [
        'POST',
        '/Groups',
        { schemas: [GROUP], displayName: 'x', members: [{ value: group, type: 'Group' }] },
        400,
        'invalidValue',
      ],
      ...(
        [
          [{ op: 'add', path: 'members', value: [{ value: 'x' }] }, 'invalidValue'],
          [{ op: 'add', path: 'members', value: [{ value: NOBODY }] }, 'invalidValue'],
          [{ op: 'remove', path: 'members[display eq "x"]' }, 'invalidFilter'],
          [{ op: 'replace', path: 'members[value eq "x"].display', value: 'y' }, 'invalidPath'],
          [{ op: 'replace', path: 'displayName', value: '' }, 'invalidValue'],
        ] as const
      ).map(([operation, scimType]): [string, string, unknown, number, string] => [
        'PATCH',
        inGroup,
        { schemas: [PATCH], Operations: [{ op: 'remove', path: 'members' }, operation] },
        400,
        scimType,
      ]),
    ];
    for (const [method, path, body, status, scimType] of cases) {
      const answer = await okta.send(method, path, body);
      const label = `${method} ${path} ${JSON.stringify(body)?.slice(0, 200)}`;
      expect([answer.status, answer.body.scimType], label).toEqual([status, scimType]);
      expect(answer.body.schemas, label).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
    }
    const raw = await okta.send('POST', '/Users', undefined, { raw: '{"schemas":' });
    expect(raw).toMatchObject({ status: 400, body: { scimType: 'invalidSyntax' } });
    const xml = await okta.send('POST', '/Users', user({}), { headers: { 'content-type': 'text/xml' } });
    expect(xml.status).toBe(415);
    const large = await okta.send('POST', '/Users', user({ title: 'x'.repeat(5 * 1024 * 1024) }));
    expect(large.status).toBe(413);
    expect((await okta.get('/Users?count=many')).body.scimType).toBe('invalidValue');
    expect(Object.keys({}.constructor.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const after = [await okta.get(`/Users/${id}`), await okta.get(`/Groups/${group}`)].map(
      ({ body }) => body,
    );
    expect(after).toEqual(before);
    expect((await okta.get('/Users')).body.totalResults).toBe(2);
    expect((await okta.get('/Groups')).body.totalResults).toBe(1);
  });

  it('with attributes that nobody knows, or that Gait sets, has those ignored', async () => {
    const okta = await aProvisionedOrganisation();
    const raw = JSON.stringify({
      schemas: [USER, 'urn:of:somebody'],
      id: 'mine',
      USERNAME: 'Ana',
      unheardOf: { deep: [1] },
      groups: [{ value: 'x' }],
      meta: { version: 'mine' },
      'urn:of:somebody': { a: 1 },
    }).replace('{', '{"__proto__":{"polluted":1},');
    const { status, body } = await okta.send('POST', '/Users', undefined, { raw });
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
    expect(body.id).not.toBe('mine');
  });
});
