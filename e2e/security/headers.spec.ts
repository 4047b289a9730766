import { request, test } from '@playwright/test';
import { inDatabase } from '../fixtures/database';
import { findScreens, knownRoutes } from '../fixtures/screens';
import { dispose, runGait, type Server, startServer } from '../fixtures/server';
import { expect } from '../fixtures/test';
import { type Ask, asking, followingData, type Said, submit } from './ask';
import { FILES } from './doors';
import { builtActions } from './tree';

/** What browsers are told about every answer, of a Gait that people reach by https behind a proxy. */

const PUBLIC = 'https://gait.example';
const host = new URL(PUBLIC).host;

let server: Server;
let ask: Ask;
let close = () => {};
/** Of the session, as the browser would send it back; and all that the answer said about it. */
let cookie = '';
let cookieGiven: string[] = [];

async function act(name: string, page: string, fields: Record<string, string>): Promise<Said> {
  const headers = { host, origin: PUBLIC, cookie };
  return submit(ask, { id: builtActions().get(name)?.id ?? '', page, fields, headers });
}

async function signIn(address: string): Promise<void> {
  const link = new URL(address).searchParams.get('link') ?? '';
  cookieGiven = (await act('signInAction', '/sign-in', { link })).headers['set-cookie'] ?? [];
  cookie = cookieGiven[0]?.split(';')[0] ?? '';
}

test.beforeAll(async () => {
  test.setTimeout(90_000);
  server = await startServer({ kind: 'demo', env: { GAIT_URL: PUBLIC } });
  ({ ask, close } = asking(server.url));
  await signIn(server.link ?? '');
});

test.afterAll(async () => {
  close();
  await dispose(server);
});

const get = (path: string) => ask('GET', path, { headers: { host, cookie } });

/** What of the headers is not as it should be on every answer, whatever it is. */
function wrongWith({ headers }: Said): string[] {
  const policy = new Map(
    String(headers['content-security-policy'])
      .split('; ')
      .map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1).join(' ')]),
  );
  const scripts = policy.get('script-src') ?? '';
  const expected: Record<string, boolean> = {
    'scripts by nonce alone': /^'self' 'nonce-[\w+/=]{22,}' 'strict-dynamic'$/.test(scripts),
    'styles by nonce': /^'self' 'nonce-[\w+/=]{22,}'$/.test(policy.get('style-src') ?? ''),
    'default-src': policy.get('default-src') === "'self'",
    'object-src': policy.get('object-src') === "'none'",
    'base-uri': policy.get('base-uri') === "'none'",
    'frame-ancestors': policy.get('frame-ancestors') === "'none'",
    'form-action': policy.get('form-action')?.startsWith("'self'") === true,
    'insecure requests are upgraded': policy.has('upgrade-insecure-requests'),
    hsts: headers['strict-transport-security'] === 'max-age=31536000; includeSubDomains',
    nosniff: headers['x-content-type-options'] === 'nosniff',
    'no frames': headers['x-frame-options'] === 'DENY',
    'the referrer stays': headers['referrer-policy'] === 'same-origin',
    permissions: String(headers['permissions-policy']).includes('camera=()'),
    opener: headers['cross-origin-opener-policy'] === 'same-origin',
    resource: headers['cross-origin-resource-policy'] === 'same-origin',
    'no foreign origin may read': headers['access-control-allow-origin'] === undefined,
    'nobody says what serves': headers['x-powered-by'] === undefined && headers.server === undefined,
    'a type with its charset':
      headers['content-type'] === undefined ||
      /^text\/\S+; charset=utf-8$|^(?!text\/)\S+/i.test(headers['content-type']),
  };
  return Object.entries(expected).flatMap(([name, holds]) => (holds ? [] : [name]));
}

const isKept = ({ headers }: Said) => !/\bno-store\b/.test(String(headers['cache-control']));

/** Scripts and styles of a page that its own policy would not let run, and attributes that are code. */
function strangers({ headers, body }: Said): string[] {
  const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
  const bare = [...body.matchAll(/<(?:script|style)\b[^>]*>/g)].map(([tag]) => tag);
  const handlers = [...body.matchAll(/<[a-z][^>]*\son[a-z]+=/g)].map(([tag]) => tag.slice(0, 80));
  return [...bare.filter((tag) => !tag.includes(`nonce="${nonce}"`)), ...handlers];
}

/** The sample has no connection, so one is put there. @returns its id */
async function aConnection(): Promise<string> {
  const claims = { subject: 'sub', email: 'email', name: 'name', groups: 'groups' };
  const settings = { issuer: 'https://login.example', clientId: 'gait', scopes: 'openid', claims };
  const { rows } = await inDatabase(server.home, (client) =>
    client.query<{ id: string }>(
      `INSERT INTO connection (org_id, id, kind, name, status, settings, joining, created_at)
       SELECT org_id, gen_random_uuid(), 'oidc', 'Okta', 'draft', $1::jsonb, 'provisioned', now() FROM organisation
       RETURNING id`,
      [JSON.stringify({ ...settings, trustsAddresses: false })],
    ),
  );
  return rows[0]?.id ?? '';
}

test('every page says what browsers may do with it, is kept by none, and brings no script but its own', async () => {
  const reader = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { cookie } });
  const overview = await get('/');
  const home = String(overview.headers.location);
  const found = await findScreens(reader, home);
  await reader.dispose();
  const connection = `${home}/settings/sign-in/${await aConnection()}`;
  const screens = (route: string) => (route.endsWith('/[connection]') ? connection : found(route));
  const wrong: string[] = [];
  const nonces = new Set<string>();
  for (const route of knownRoutes) {
    const said = await get(screens(route));
    if (said.status === 404) wrong.push(`${route}: is not there`);
    wrong.push(...wrongWith(said).map((what) => `${route}: ${what}`));
    wrong.push(...strangers(said).map((tag) => `${route}: ${tag}`));
    if (isKept(said)) wrong.push(`${route}: may be kept`);
    nonces.add(String(said.headers['content-security-policy']));
    const data = await followingData(ask, 'GET', screens(route), { headers: { host, cookie, rsc: '1' } });
    if (isKept(data)) wrong.push(`${route} as data: may be kept`);
  }
  expect(wrong).toEqual([]);
  expect(nonces.size, 'a nonce is used once').toBe(knownRoutes.length);
});

test('so does everything else that is answered, also what is refused', async () => {
  const page = await get('/login');
  const chunk = /\/_next\/static\/chunks\/[^"]+\.js/.exec(page.body)?.[0] ?? '';
  const wrong: string[] = [];
  for (const [method, path] of [
    ['GET', chunk],
    ...FILES.map((file) => ['GET', file] as const),
    ['GET', '/nowhere/at/all'],
    ['GET', '/%E0%A4%A'],
    ['POST', '/login'],
    ['TRACE', '/login'],
    ['GET', '/_next/image?url=%2Ficon.svg&w=16&q=75'],
    ['GET', '/_next/static'],
    ['GET', '/.git/config'],
    ['GET', '/api'],
    ['GET', '/api/health/live'],
    ['GET', '/api/audit'],
    ['GET', '/api/audit?format=csv'],
    ['GET', '/api/v1/lanes'],
    ['PUT', '/api/v1/lanes'],
    ['POST', '/api/v1/events'],
    ['GET', '/api/scim/v2/Users'],
    ['GET', '/api/auth/oidc/none/callback'],
  ] as const) {
    const said = await ask(method, path, { headers: { host, cookie } });
    wrong.push(...wrongWith(said).map((what) => `${method} ${path}: ${what}`));
    if (path.startsWith('/api') && isKept(said)) wrong.push(`${method} ${path}: may be kept`);
    if (method === 'TRACE' && said.status < 400) wrong.push(`TRACE: ${said.status}`);
    if (/\.git|static$/.test(path) && said.status !== 404) wrong.push(`${path}: ${said.status}`);
  }
  expect(wrong).toEqual([]);
  const file = await get('/api/audit?format=csv');
  expect(file.headers['content-disposition']).toBe('attachment; filename="gait-audit-entries.csv"');
});

/** The parts of what an answer says about a cookie, in small letters and in order. */
const partsOf = (said: string | undefined): string[] =>
  (said ?? '')
    .split('; ')
    .slice(1)
    .map((part) => part.toLowerCase())
    .sort();

test('the cookie of a session is bound to this host and to https, out of reach of scripts, and taken back the same way', async () => {
  expect(cookieGiven).toHaveLength(1);
  expect(cookie).toMatch(/^__Host-gait=gaits_/);
  expect(partsOf(cookieGiven[0])).toEqual([
    expect.stringMatching(/^expires=/),
    'httponly',
    'max-age=1209600',
    'path=/',
    'samesite=lax',
    'secure',
  ]);
  const home = String((await get('/')).headers.location);
  const { headers } = await act('signOutAction', home, {});
  const [taken = ''] = headers['set-cookie'] ?? [];
  expect(taken).toMatch(/^__Host-gait=;/);
  expect(partsOf(taken)).toEqual(
    expect.arrayContaining(['expires=thu, 01 jan 1970 00:00:00 gmt', 'path=/', 'secure']),
  );
  expect((await get('/')).headers.location).toBe('/login');
});

test('signing in anew ends the session that the browser had', async () => {
  const signInByCommand = async () => signIn((await runGait(['sign-in-link'], server.env)).stdout.trim());
  await signInByCommand();
  const before = cookie;
  expect((await get('/')).headers.location).not.toBe('/login');
  await signInByCommand();
  expect(cookie).not.toBe(before);
  expect((await get('/')).headers.location).not.toBe('/login');
  const late = await ask('GET', '/', { headers: { host, cookie: before } });
  expect(late.headers.location).toBe('/login');
});
