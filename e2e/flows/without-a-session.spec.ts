import { expect, nobody, test } from '../fixtures/gait';
import { findScreens, guardedRoutes, knownRoutes, type Screens } from '../fixtures/screens';

test.use({ world: 'sample' });

/** The same as data, as the browser asks for it when a page of Gait is open already. */
const asData = { headers: { RSC: '1' } };

/** The first word told that only who is signed in may read. The names of addresses, in small letters, are no secret to who typed them. */
function secretIn(told: string): string | undefined {
  return /Northwind|Payments|Dana Reyes|claude-code|Bug fixes/.exec(told)?.[0];
}

function addressesOf(screens: Screens): string[] {
  return guardedRoutes.map(screens);
}

test('who is signed in is told what these tests look for', async ({ page, home }) => {
  for (const address of addressesOf(await findScreens(page.request, home)))
    expect(secretIn(await (await page.request.get(address)).text()), address).toBeDefined();
});

test('without a session every screen leads to sign-in and shows nothing', async ({
  playwright,
  page,
  home,
  server,
}) => {
  const addresses = addressesOf(await findScreens(page.request, home));
  expect(addresses.length).toBe(knownRoutes.length - 7);
  const stranger = await playwright.request.newContext({ baseURL: server.url, storageState: nobody });
  for (const address of addresses) {
    const answer = await stranger.get(address, { maxRedirects: 0 });
    expect(answer.status(), address).toBe(307);
    expect(answer.headers().location, address).toMatch(/^\/api\/go\?to=[\w.-]+$/);
    expect((await stranger.get(address)).url(), address).toBe(`${server.url}/login`);
    const data = await (await stranger.get(address, asData)).text();
    expect(data, address).toContain('/api/go?to=');
    for (const told of [await answer.text(), data]) expect(secretIn(told), address).toBeUndefined();
  }
  await stranger.dispose();
});

test('in the name of another organisation there is nothing, whether or not it exists', async ({
  page,
  home,
}) => {
  const addresses = addressesOf(await findScreens(page.request, home));
  for (const address of addresses) {
    const other = address.replace(home, '/my-organisation');
    const answer = await page.request.get(other);
    expect(answer.status(), other).toBe(404);
    const data = await page.request.get(other, asData);
    for (const told of [answer, data]) expect(secretIn(await told.text()), other).toBeUndefined();
  }
});

test('whether something has changed is told to who is signed in, and kept by nobody', async ({
  playwright,
  page,
  server,
}) => {
  const known = await page.request.get('/api/changes?team=payments');
  expect(await known.json()).toEqual({ version: expect.stringMatching(/^-?\d+$/) });
  expect(known.headers()['cache-control']).toBe('no-store');
  const stranger = await playwright.request.newContext({ baseURL: server.url, storageState: nobody });
  const answer = await stranger.get('/api/changes?team=payments');
  expect(answer.status()).toBe(401);
  expect(answer.headers()['cache-control']).toBe('no-store');
  expect(await answer.text()).not.toContain('version');
  // A tab that outlives its session asks every two seconds.
  expect(server.output()).not.toContain(answer.headers()['x-request-id'] ?? '');
  await stranger.dispose();
});

test('the API wants a token, and a cookie is none', async ({ page, server }) => {
  for (const path of ['lanes', 'lanes/payments/tests', 'tasks', 'incidents', 'agents', 'recommendations']) {
    const answer = await page.request.get(`${server.url}/api/v1/${path}`);
    expect(answer.status(), path).toBe(401);
    expect(answer.headers()['content-type']).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'unauthenticated', status: 401 });
  }
  expect((await page.request.post(`${server.url}/api/v1/events`, { data: {} })).status()).toBe(401);
});
