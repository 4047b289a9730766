import { randomUUID } from 'node:crypto';
import { test } from '@playwright/test';
import { LIMITS } from '@/lib/platform/rate-limit';
import { createSecret } from '@/lib/platform/secret';
import { dispose, type Server, startServer } from '../fixtures/server';
import { expect } from '../fixtures/test';
import { type Ask, asking, submit, toldTo } from './ask';
import { builtActions } from './tree';

/** Who is told to wait, behind a proxy that says from where each request came. */

let server: Server;
let ask: Ask;
let close = () => {};

test.beforeAll(async () => {
  test.setTimeout(90_000);
  server = await startServer({ env: { GAIT_PROXIES: '1' } });
  ({ ask, close } = asking(server.url));
});

test.afterAll(async () => {
  close();
  await dispose(server);
});

async function countsOf(
  count: number,
  answer: (n: number) => Promise<string | number>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let n = 0; n < count; n += 1) {
    const said = await answer(n);
    counts[said] = (counts[said] ?? 0) + 1;
  }
  return counts;
}

const callers: Record<string, (n: number) => string> = {
  'one /64 with many addresses and ports': (n) => `[2001:db8:9:9::${(n + 1).toString(16)}]:${2_000 + n}`,
  'one address with many ports': (n) => `198.51.100.7:${2_000 + n}`,
  'one that its proxy cannot name': (n) => `caller-${n}`,
};

for (const [name, addressOf] of Object.entries(callers))
  test(`${name} is one caller, and has so many tokens that do not work`, async () => {
    const { tries } = LIMITS.unknownToken;
    const counts = await countsOf(tries + 20, async (n) => {
      const authorization = `Bearer ${createSecret('token', randomUUID()).secret}`;
      const headers = { authorization, 'x-forwarded-for': `203.0.113.${n}, ${addressOf(n)}` };
      return (await ask('GET', '/api/v1/lanes', { headers })).status;
    });
    expect(counts).toEqual({ 401: tries, 429: 20 });
  });

test('answers of providers that do not work are bounded, and the page says so', async () => {
  const { tries } = LIMITS.signInFailure;
  const counts = await countsOf(tries + 10, async (n) => {
    const path =
      n % 2 === 0 ? '/api/auth/oidc/none/callback?code=1&state=2' : '/api/auth/saml/none/finish?state=1';
    const { headers } = await ask('GET', path, {
      headers: { 'x-forwarded-for': `[2001:db8:8:8::${n}]:443` },
    });
    return new URL(String(headers.location), server.url).searchParams.get('problem') ?? '';
  });
  expect(counts).toEqual({ sso: tries, limited: 10 });
  const { body } = await ask('GET', '/login?problem=limited');
  expect(body).toContain('Too many sign-ins failed.');
});

test('an office behind one address begins to sign in a hundred times, and nobody is told to wait', async () => {
  test.setTimeout(60_000);
  const id = builtActions().get('signInByEmailAction')?.id ?? '';
  const headers = { host: new URL(server.url).host, origin: server.url, 'x-forwarded-for': '203.0.113.77' };
  const counts = await countsOf(100, async (n) => {
    const fields = { email: `person-${n}@acme.example` };
    return toldTo(await submit(ask, { id, page: '/login', fields, headers }));
  });
  expect(counts, 'no provider is set up, and no mail: that is what is said').toEqual({ invalid: 100 });
});
