import { describe, expect, it } from 'vitest';
import { setBreakGlass } from '@/lib/members/mutations/break-glass';
import { inOrg } from '@/lib/platform/db';
import { findSession } from '@/lib/sessions/data';
import { createSignInLink, signIn } from '@/lib/sessions/mutations';
import { getConnection } from '@/lib/sso/data/settings';
import { unmapGroup } from '@/lib/sso/mutations/groups';
import { aTestDatabase } from '@/lib/testing/database';
import { createToken } from '@/lib/tokens/mutations';
import { aProvisionedOrganisation, type Directory } from './testing';

const database = aTestDatabase();
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

async function aSession({ org }: Directory, personId: string): Promise<string> {
  const link = await createSignInLink(org.orgId, personId, 'owner link', org.clock);
  return (await signIn(link, null, org.clock)).secret;
}

async function actsOf(): Promise<string[]> {
  const rows = await database.asOwner<{ act: string }>('SELECT act FROM audit ORDER BY org_id, seq');
  return rows.map(({ act }) => act);
}

describe('Okta', () => {
  it('provisions, updates, switches off and on, and pushes groups, in its own shapes', async () => {
    const okta = await aProvisionedOrganisation();
    await okta.map('Payments Leads', 'lead', 'payments');
    expect((await okta.get('/Users?startIndex=1&count=2')).body).toMatchObject({
      totalResults: 0,
      Resources: [],
    });
    const filter = encodeURIComponent('userName eq "ana@acme.example"');
    expect((await okta.get(`/Users?filter=${filter}&startIndex=1&count=100`)).body.totalResults).toBe(0);
    const made = await okta.send('POST', '/Users', {
      schemas: [USER],
      userName: 'Ana@acme.example',
      name: { givenName: 'Ana', familyName: 'Silva' },
      emails: [{ primary: true, value: 'ana@acme.example', type: 'work' }],
      displayName: 'Ana Silva',
      locale: 'en-US',
      externalId: '00u1ana',
      groups: [],
      password: 'never kept 1t0',
      active: true,
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('content-type')).toBe('application/scim+json');
    const { id, meta } = made.body;
    expect(made.headers.get('location')).toBe(meta.location);
    expect(meta.location).toMatch(new RegExp(`/api/scim/v2/Users/${id}$`));
    expect(made.body).toMatchObject({ userName: 'Ana@acme.example', active: true, externalId: '00u1ana' });
    expect(JSON.stringify(made.body)).not.toContain('never kept');
    expect(await okta.person(id)).toMatchObject({ name: 'Ana Silva', email: 'ana@acme.example', roles: [] });
    expect((await okta.get(`/Users?filter=${filter}`)).body).toMatchObject({ totalResults: 1 });

    const group = await okta.group('Payments Leads');
    await okta.patch(`/Groups/${group}`, [
      { op: 'add', path: 'members', value: [{ value: id, display: 'ana@acme.example' }] },
    ]);
    expect((await okta.person(id)).roles).toEqual(['lead of payments']);
    await okta.patch(`/Groups/${group}`, [{ op: 'replace', value: { id: group, displayName: 'Renamed' } }]);
    expect((await okta.person(id)).roles).toEqual([]);
    await okta.patch(`/Groups/${group}`, [
      { op: 'replace', value: { id: group, displayName: 'payments leads' } },
    ]);
    expect((await okta.person(id)).roles).toEqual(['lead of payments']);

    const { body: whole } = await okta.get(`/Users/${id}`);
    expect(whole.groups).toMatchObject([{ value: group, display: 'payments leads' }]);
    const put = await okta.send('PUT', `/Users/${id}`, {
      ...whole,
      name: { givenName: 'Ana', familyName: 'Costa' },
      displayName: 'Ana Costa',
    });
    expect(put).toMatchObject({ status: 200, body: { displayName: 'Ana Costa', externalId: '00u1ana' } });
    expect((await okta.person(id)).name).toBe('Ana Costa');

    const { id: personId } = await okta.person(id);
    const session = await aSession(okta, personId);
    const token = await createToken(
      {
        ...okta.org.owner,
        actor: { ...okta.org.owner.actor, personId, grants: [{ role: 'lead', team: null }] },
      },
      { name: 'hers', scopes: ['read'], days: 90 },
    );
    const off = await okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]);
    expect(off).toMatchObject({ status: 200, body: { active: false } });
    expect(await findSession(session, okta.org.clock.now())).toBeNull();
    const [row] = await database.asOwner<{ revoked_at: Date | null }>(
      'SELECT revoked_at FROM token WHERE id = $1',
      [token.id],
    );
    expect(row?.revoked_at).not.toBeNull();
    await okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: true } }]);
    expect(await okta.person(id)).toMatchObject({ removedAt: null, roles: ['lead of payments'] });
    // What was ended stays ended.
    expect(await findSession(session, okta.org.clock.now())).toBeNull();

    await okta.patch(`/Groups/${group}`, [{ op: 'remove', path: `members[value eq "${id}"]` }]);
    expect((await okta.person(id)).roles).toEqual([]);
    expect((await okta.send('DELETE', `/Groups/${group}`)).status).toBe(204);
    expect(await actsOf()).toEqual(
      expect.arrayContaining([
        'directory_user.created',
        'directory_user.changed',
        'directory_group.created',
        'directory_group.changed',
        'directory_group.removed',
        'person.roles_changed',
        'person.removed',
        'person.restored',
      ]),
    );
    const [entry] = await database.asOwner<{ actor: object }>(
      "SELECT actor FROM audit WHERE act = 'directory_user.created'",
    );
    expect(entry?.actor).toMatchObject({
      kind: 'scim',
      connection: okta.connection,
      name: 'Directory of Okta',
    });
  });
});

describe('Entra', () => {
  it('provisions and changes in its own shapes: op in capitals, dotted keys, booleans as text, paths with filters', async () => {
    const entra = await aProvisionedOrganisation();
    await entra.map('Auditors', 'auditor');
    expect((await entra.find('Users', 'externalId eq "6f1c"')).body.totalResults).toBe(0);
    const made = await entra.send('POST', '/Users', {
      schemas: [USER, ENTERPRISE],
      externalId: '6f1c',
      userName: 'bo@acme.example',
      active: true,
      addresses: [{ primary: false, type: 'work', country: 'Portugal' }],
      displayName: 'Bo Lund',
      emails: [{ type: 'work', value: 'bo@acme.example', primary: true }],
      meta: { resourceType: 'User' },
      name: { familyName: 'Lund', givenName: 'Bo' },
      roles: [{ value: 'owner', primary: 'True' }],
      [ENTERPRISE]: { employeeNumber: '701984', department: 'Sales' },
    });
    expect(made).toMatchObject({ status: 201, body: { roles: [{ primary: true }] } });
    const { id } = made.body;
    // Attributes give no role, whatever they are called.
    expect((await entra.person(id)).roles).toEqual([]);

    const changed = await entra.patch(`/Users/${id}`, [
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'bo.lund@acme.example' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+351 123' },
      { op: 'Replace', path: `${ENTERPRISE}:department`, value: 'Support' },
      { op: 'Add', path: `${ENTERPRISE}:manager`, value: '26118915' },
      {
        op: 'Replace',
        value: {
          displayName: 'Bo L',
          'name.givenName': 'Bob',
          [`${ENTERPRISE}:costCenter`]: '7',
          unheardOf: 1,
        },
      },
    ]);
    expect(changed).toMatchObject({
      status: 200,
      body: {
        displayName: 'Bo L',
        name: { givenName: 'Bob', familyName: 'Lund' },
        emails: [{ type: 'work', value: 'bo.lund@acme.example', primary: true }],
        phoneNumbers: [{ type: 'mobile', value: '+351 123' }],
        [ENTERPRISE]: {
          department: 'Support',
          manager: { value: '26118915' },
          costCenter: '7',
          employeeNumber: '701984',
        },
      },
    });
    expect(await entra.person(id)).toMatchObject({ name: 'Bo L', email: 'bo.lund@acme.example' });

    const group = await entra.send('POST', '/Groups', {
      schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: '8aa1a0c0',
      displayName: 'Auditors',
      meta: { resourceType: 'Group' },
    });
    expect(group.status).toBe(201);
    const path = `/Groups/${group.body.id}`;
    const added = await entra.patch(path, [
      { op: 'Add', path: 'members', value: [{ $ref: null, value: id }] },
    ]);
    expect(added.status).toBe(204);
    expect((await entra.person(id)).roles).toEqual(['auditor']);
    expect((await entra.get(`${path}?excludedAttributes=members`)).body.members).toBeUndefined();
    expect((await entra.get(path)).body.members).toMatchObject([{ value: id, type: 'User' }]);
    const isMember = `id eq "${group.body.id}" and members eq "${id}"`;
    expect((await entra.find('Groups', isMember)).body.totalResults).toBe(1);
    await entra.patch(path, [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: id }] }]);
    expect((await entra.person(id)).roles).toEqual([]);
    expect((await entra.find('Groups', isMember)).body.totalResults).toBe(0);

    const session = await aSession(entra, (await entra.person(id)).id);
    await entra.patch(`/Users/${id}`, [{ op: 'Replace', path: 'active', value: 'False' }]);
    expect((await entra.get(`/Users/${id}`)).body.active).toBe(false);
    expect(await findSession(session, entra.org.clock.now())).toBeNull();
    expect((await entra.send('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await entra.get(`/Users/${id}`)).status).toBe(404);
  });

  it('may provision somebody anew whom it had taken out', async () => {
    const entra = await aProvisionedOrganisation();
    const first = await entra.user('cy@acme.example', { externalId: 'cy-1' });
    const { id: personId } = await entra.person(first);
    await inOrg(entra.org.orgId, (tx) =>
      tx.identity.create({
        data: {
          orgId: entra.org.orgId,
          connection: entra.connection,
          issuer: 'https://entra.example',
          subject: 'cy-1',
          personId,
          createdAt: new Date(),
        },
      }),
    );
    await entra.send('DELETE', `/Users/${first}`);
    const again = await entra.user('cy@acme.example', { externalId: 'cy-1' });
    expect(again).not.toBe(first);
    expect(await entra.person(again)).toMatchObject({ id: personId, removedAt: null });
    // An address alone is nobody's.
    const other = await entra.user('other', { emails: [{ value: 'cy@acme.example' }], externalId: 'x' });
    expect((await entra.person(other)).id).not.toBe(personId);
  });
});

describe('the last owner', () => {
  it('is neither switched off nor deleted by a directory, which stands in the record; and stays owner without a group', async () => {
    const okta = await aProvisionedOrganisation();
    await okta.map('Owners', 'owner');
    const id = await okta.user('olga');
    const group = await okta.group('Owners', [id]);
    await database.asOwner("DELETE FROM role_grant WHERE org_id = $1 AND source = 'manual'", [
      okta.org.orgId,
    ]);
    expect((await okta.person(id)).roles).toEqual(['owner']);
    for (const answer of [
      await okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]),
      await okta.send('DELETE', `/Users/${id}`),
    ])
      expect(answer).toMatchObject({
        status: 409,
        body: { status: '409', detail: expect.stringMatching(/last owner/) },
      });
    expect(await okta.person(id)).toMatchObject({ removedAt: null, roles: ['owner'] });
    expect((await okta.get(`/Users/${id}`)).body.active).toBe(true);
    const refused = await database.asOwner(
      "SELECT FROM audit WHERE org_id = $1 AND act = 'directory.refused'",
      [okta.org.orgId],
    );
    expect(refused).toHaveLength(2);
    await okta.patch(`/Groups/${group}`, [{ op: 'remove', path: 'members' }]);
    expect((await okta.person(id)).roles).toEqual(['owner']);
  });
});

describe('the last who may break the glass', () => {
  it('is neither switched off nor deleted by a directory while single sign-on is enforced, and stays owner without a group', async () => {
    const okta = await aProvisionedOrganisation();
    const { orgId, owner } = okta.org;
    await okta.map('Owners', 'owner');
    const id = await okta.user('olga');
    const group = await okta.group('Owners', [id]);
    const { id: person } = await okta.person(id);
    await setBreakGlass(owner, { person, to: true });
    await setBreakGlass(owner, { person: owner.actor.personId, to: false });
    await inOrg(orgId, (tx) => tx.organisation.update({ where: { orgId }, data: { ssoEnforced: true } }));
    for (const answer of [
      await okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]),
      await okta.send('DELETE', `/Users/${id}`),
    ])
      expect(answer).toMatchObject({
        status: 409,
        body: { detail: expect.stringMatching(/break the glass/) },
      });
    expect(await okta.person(id)).toMatchObject({ removedAt: null, roles: ['owner'] });
    const refused = await database.asOwner(
      "SELECT FROM audit WHERE org_id = $1 AND act = 'directory.refused'",
      [orgId],
    );
    expect(refused).toHaveLength(2);
    const [mapping] = (await getConnection(owner, okta.connection))?.mappings ?? [];
    await expect(unmapGroup(owner, { mapping: mapping?.id ?? '' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/Let another owner break the glass first/),
    });
    await okta.patch(`/Groups/${group}`, [{ op: 'remove', path: 'members' }]);
    expect((await okta.person(id)).roles).toEqual(['owner']);
    const kept = await database.asOwner<{ after: object }>(
      "SELECT after FROM audit WHERE org_id = $1 AND act = 'person.roles_changed' ORDER BY seq DESC LIMIT 1",
      [orgId],
    );
    expect(kept).toMatchObject([{ after: { keptToBreakTheGlass: true } }]);
    await setBreakGlass(owner, { person: owner.actor.personId, to: true });
    await okta.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]);
    expect((await okta.person(id)).removedAt).not.toBeNull();
  });
});
