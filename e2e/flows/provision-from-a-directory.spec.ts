import { inDatabase } from '../fixtures/database';
import { expect, test } from '../fixtures/gait';
import { ConnectionPage } from '../pages/connection-page';

test.use({ world: 'directory' });

const connection = '0198a5a0-0000-7000-8000-00000000abcd';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

test('an admin gives the directory a token; it provisions, and the page says who lands where', async ({
  page,
  server,
  home,
}) => {
  await inDatabase(server.home, (client) =>
    client.query(
      `WITH made AS (
         INSERT INTO connection (org_id, id, kind, name, status, settings, joining, created_at)
         SELECT org_id, $1::uuid, 'oidc', 'Okta', 'draft', $2::jsonb, 'provisioned', now() FROM organisation RETURNING org_id)
       INSERT INTO group_mapping (org_id, id, connection_id, group_name, team, role, created_at)
       SELECT org_id, gen_random_uuid(), $1::uuid, 'Auditors', '', 'auditor', now() FROM made`,
      [
        connection,
        JSON.stringify({
          issuer: 'https://login.acme.example',
          clientId: 'gait',
          scopes: 'openid',
          claims: { subject: 'sub', email: 'email', name: 'name', groups: 'groups' },
          trustsAddresses: false,
        }),
      ],
    ),
  );
  const screen = await new ConnectionPage(page).open(home, connection);
  await expect(screen.directory).toContainText('has sent nobody yet');
  const base = await screen.directory.getByText(/\/api\/scim\/v2$/).textContent();
  expect(base).toBe(`${server.url}/api/scim/v2`);
  const token = await screen.makeToken();

  const ask = (method: string, path: string, data?: object) =>
    page.request.fetch(`${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(data && { data }),
    });
  const made = await ask('POST', '/Users', { schemas: [USER], userName: 'ana', displayName: 'Ana Silva' });
  expect(made.status()).toBe(201);
  expect(made.headers()['content-type']).toBe('application/scim+json');
  const { id, meta } = await made.json();
  expect(meta.location).toBe(`${base}/Users/${id}`);
  const other = await ask('POST', '/Users', { schemas: [USER], userName: 'bo', active: false });
  expect(other.status()).toBe(201);
  const group = { schemas: [GROUP], displayName: 'auditors', members: [{ value: id }] };
  expect((await ask('POST', '/Groups', group)).status()).toBe(201);
  const change = { schemas: [PATCH], Operations: [{ op: 'Replace', path: 'title', value: 'Auditor' }] };
  expect((await ask('PATCH', `/Users/${id}`, change)).headers().etag).toBe('W/"3"');

  for (const [method, path, status] of [
    ['GET', '/ServiceProviderConfig', 200],
    ['GET', '/ResourceTypes', 200],
    ['GET', '/ResourceTypes/User', 200],
    ['GET', '/Schemas', 200],
    ['GET', `/Schemas/${USER}`, 200],
    ['GET', '/Users?filter=userName%20eq%20%22ANA%22', 200],
    ['GET', '/Groups', 200],
    ['POST', '/Bulk', 501],
    ['GET', '/Me', 501],
    ['GET', '/Users/none/more', 404],
    ['DELETE', '/Users', 405],
  ] as const) {
    const answer = await ask(method, path);
    expect([answer.status(), answer.headers()['content-type']], `${method} ${path}`).toEqual([
      status,
      'application/scim+json',
    ]);
  }
  expect((await page.request.get(`${base}/Users`)).status()).toBe(401);

  await page.reload();
  await expect(screen.directory).toContainText('It has sent 2 users, 1 of them switched off, and 1 group.');
  await expect(screen.landing.filter({ hasText: 'Ana Silva' })).toContainText('auditor');
  await expect(screen.landing.filter({ hasText: 'bo' })).toContainText('switched off');
});
