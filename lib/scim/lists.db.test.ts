import { beforeAll, describe, expect, it } from 'vitest';
import { aTestDatabase } from '@/lib/testing/database';
import { aProvisionedOrganisation, type Directory } from './testing';

aTestDatabase();

let okta: Directory;
let ana: string;
let bo: string;

beforeAll(async () => {
  okta = await aProvisionedOrganisation();
  ana = await okta.user('Ana@acme.example', {
    externalId: 'Ext-1',
    displayName: 'Ana Ärmel',
    title: 'Boss',
    emails: [
      { type: 'work', value: 'Ana@acme.example', primary: true },
      { type: 'home', value: 'ana@home.example' },
    ],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Sales' },
  });
  bo = await okta.user('bo_1%', { active: false, displayName: "O'Bo\\x" });
  await okta.user('cy', { emails: [{ type: 'home', value: 'cy@acme.example' }] });
  await okta.group('Payments Leads', [ana, bo]);
  await okta.group('Other');
});

async function usersBy(filter: string): Promise<string[]> {
  const { status, body } = await okta.find('Users', filter);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.totalResults).toBe(body.Resources.length);
  return body.Resources.map(({ userName }: { userName: string }) => userName.slice(0, 2).toLowerCase());
}

describe('a filter', () => {
  it.each([
    ['userName eq "ANA@acme.example"', ['an']],
    ['USERNAME EQ "ana@ACME.example"', ['an']],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "cy"', ['cy']],
    ['externalId eq "Ext-1"', ['an']],
    ['externalId eq "ext-1"', []],
    ['displayName eq "ana ärmel"', ['an']],
    ['displayName sw "ana"', ['an']],
    ['displayName co "\'"', ['bo']],
    ['active eq true', ['an', 'cy']],
    ['active eq "False"', ['bo']],
    ['active ne true', ['bo']],
    ['emails.value eq "ANA@HOME.example"', ['an']],
    ['emails eq "cy@acme.example"', ['cy']],
    ['emails[type eq "Work" and value co "acme"]', ['an']],
    ['emails[type eq "home"]', ['an', 'cy']],
    ['title pr', ['an']],
    ['title eq null', ['bo', 'cy']],
    ['not (title pr)', ['bo', 'cy']],
    ['not (active eq true)', ['bo']],
    ['name.familyName eq "x"', []],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "sales"', ['an']],
    ['userName eq "cy" or userName eq "nobody" or active eq false', ['bo', 'cy']],
    ['active eq true and (userName sw "c" or title eq "boss")', ['an', 'cy']],
    ['userName ew "example" and emails.value co "home"', ['an']],
    [
      'meta.lastModified gt "2020-01-01T00:00:00Z" and meta.created le "2999-01-01T00:00:00+01:00"',
      ['an', 'bo', 'cy'],
    ],
    ['meta.lastModified lt "2020-01-01T00:00:00Z"', []],
    ['groups.display eq "payments leads"', ['an', 'bo']],
    // What looks like more than a text is a text.
    ['userName eq "bo_1%"', ['bo']],
    ['userName eq "%"', []],
    ['userName co "_"', ['bo']],
    ['userName eq "\' OR 1=1 --"', []],
    ['displayName eq "\'; DROP TABLE directory_user; --"', []],
    ["emails.value eq \"x' OR '1'='1\"", []],
  ])('%s', async (filter, expected) => {
    expect(await usersBy(filter)).toEqual(expected);
  });

  it('finds groups by name without regard to case, by id and by member', async () => {
    const named = async (filter: string) =>
      (await okta.find('Groups', filter)).body.Resources.map(
        (group: { displayName: string }) => group.displayName,
      );
    expect(await named('displayName eq "PAYMENTS leads"')).toEqual(['Payments Leads']);
    expect(await named(`members.value eq "${bo}"`)).toEqual(['Payments Leads']);
    expect(await named(`not (members.value eq "${bo}")`)).toEqual(['Other']);
    expect(await named('members pr')).toEqual(['Payments Leads']);
    expect(await named('displayName eq "%"')).toEqual([]);
  });

  it.each([
    'nonsense',
    'userName eq',
    'userName eq ana',
    'userName zz "ana"',
    'userName eq "ana',
    'userName eq "ana" and',
    '(userName eq "ana"',
    'unheardOf eq "x"',
    'name eq "x"',
    'name.unheardOf eq "x"',
    '__proto__ eq "x"',
    'constructor.name pr',
    'userName[type eq "x"]',
    'active gt true',
    'active eq 3',
    'userName eq 3',
    'meta.lastModified gt "yesterday"',
    'meta.lastModified co "2020"',
    'urn:unknown:User:userName eq "x"',
    `userName eq "${'x'.repeat(1_000)}"`,
    `userName eq "${'\n'.repeat(60)}`,
    `${'('.repeat(400)}userName pr`,
    'userName eq "\u0000"',
    '; DROP TABLE person; --',
  ])('that cannot be read is refused: %s', async (filter) => {
    const started = performance.now();
    const { status, body } = await okta.find('Users', filter);
    expect([status, body.scimType]).toEqual([400, 'invalidFilter']);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

it('a parameter of a list that is given more than once is refused; one that SCIM does not know is passed over', async () => {
  const { status, body } = await okta.get('/Users?count=1&count=2');
  expect([status, body.scimType]).toEqual([400, 'invalidValue']);
  expect((await okta.get('/Users?page=1&page=2')).status).toBe(200);
});

describe('a list', () => {
  it('comes in pages that begin at 1, within bounds', async () => {
    const page = async (query: string) => {
      const { body } = await okta.get(`/Users?${query}`);
      const { totalResults, startIndex, itemsPerPage } = body;
      return [totalResults, startIndex, itemsPerPage, body.Resources.length];
    };
    expect(await page('')).toEqual([3, 1, 3, 3]);
    expect(await page('startIndex=2&count=1')).toEqual([3, 2, 1, 1]);
    expect(await page('startIndex=0&count=-5')).toEqual([3, 1, 0, 0]);
    expect(await page('startIndex=9')).toEqual([3, 9, 0, 0]);
    expect(await page('count=100000')).toEqual([3, 1, 3, 3]);
    expect(await page('startIndex=99999999999')).toEqual([3, 2 ** 31 - 1, 0, 0]);
    expect(await page(`filter=${encodeURIComponent('userName pr')}&startIndex=2&count=1`)).toEqual([
      3, 2, 1, 1,
    ]);
  });

  it('has the attributes that are asked for, or all but those that are not wanted', async () => {
    const keys = async (query: string) => Object.keys((await okta.get(`/Users/${ana}?${query}`)).body).sort();
    expect(await keys('attributes=userName')).toEqual(['id', 'schemas', 'userName']);
    expect(await keys('attributes=USERNAME,emails.value,nothing')).toEqual([
      'emails',
      'id',
      'schemas',
      'userName',
    ]);
    const { body } = await okta.get(`/Users/${ana}?attributes=emails.value`);
    expect(body.emails).toEqual([{ value: 'Ana@acme.example' }, { value: 'ana@home.example' }]);
    expect(await keys('excludedAttributes=emails,groups,id,meta,title,displayName,active')).toEqual([
      'externalId',
      'id',
      'schemas',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      'userName',
    ]);
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    expect(await keys(`attributes=${urn}:department`)).toEqual(['id', 'schemas', urn]);
  });
});

describe('a version', () => {
  it('tells whether something changed, and keeps a change from undoing another', async () => {
    const id = await okta.user('dee');
    const { headers, body } = await okta.get(`/Users/${id}`);
    const etag = headers.get('etag') ?? '';
    expect(etag).toBe('W/"1"');
    expect(body.meta.version).toBe(etag);
    const same = await okta.get(`/Users/${id}`, { headers: { 'if-none-match': etag } });
    expect([same.status, same.body]).toEqual([304, null]);
    const change = [{ op: 'replace', path: 'title', value: 'A' }];
    const ifMatch = { headers: { 'if-match': etag } };
    const first = await okta.patch(`/Users/${id}`, change, ifMatch);
    expect([first.status, first.headers.get('etag')]).toEqual([200, 'W/"2"']);
    for (const answer of [
      await okta.patch(`/Users/${id}`, change, ifMatch),
      await okta.send('DELETE', `/Users/${id}`, undefined, ifMatch),
      await okta.send('PUT', `/Users/${id}`, { schemas: body.schemas, userName: 'dee' }, ifMatch),
    ])
      expect(answer).toMatchObject({ status: 412, body: { status: '412' } });
    // What changes nothing makes no new version.
    expect((await okta.patch(`/Users/${id}`, change)).headers.get('etag')).toBe('W/"2"');
    const group = await okta.group('Versioned', [id]);
    expect((await okta.get(`/Users/${id}`)).headers.get('etag')).toBe('W/"3"');
    const stale = await okta.patch(`/Groups/${group}`, [{ op: 'remove', path: 'members' }], {
      headers: { 'if-match': 'W/"9"' },
    });
    expect(stale.status).toBe(412);
    expect(
      (await okta.send('DELETE', `/Users/${id}`, undefined, { headers: { 'if-match': '*' } })).status,
    ).toBe(204);
    expect((await okta.get(`/Groups/${group}`)).headers.get('etag')).toBe('W/"2"');
  });
});
