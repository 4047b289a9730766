import { rmSync } from 'node:fs';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/platform/postgres/embedded';
import { createSecret, readSecret } from '@/lib/platform/secret';
import { aTask, cleanTasks, daysAgo, send } from './fixtures/evidence';
import { expect } from './fixtures/gait';
import { startProxy, type TurnTaker } from './fixtures/proxy';
import { runGait, type Server, startServer, temporaryHome } from './fixtures/server';
import { test } from './fixtures/test';
import { OverviewPage } from './pages/overview-page';
import { SignInPage } from './pages/sign-in-page';
import { TokensPage } from './pages/tokens-page';

/** Two server processes on one database behind a proxy that takes turns, as docs/operating.md says. */

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const UNKNOWN_TOKENS = 60;

test('two replicas share sessions, forms, tokens, limits and work, and either may die', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const home = temporaryHome();
  const proxy: TurnTaker = await startProxy();
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({
    home,
    say: () => undefined,
    log: silent,
  });
  const env = {
    DATABASE_URL: postgres.databaseUrl,
    AUTH_SECRET: 'one secret for all replicas, long enough',
    GAIT_URL: proxy.url,
    GAIT_PROXIES: '1',
  };
  const replicas: Server[] = [];
  const start = async () => {
    const server = await startServer({ env });
    replicas.push(server);
    return server;
  };
  try {
    const first = await start();
    const second = await start();
    proxy.to([first.url, second.url]);
    const page = await (await browser.newContext({ baseURL: proxy.url })).newPage();
    // The link is of the address that people use.
    expect(first.link).toContain(proxy.url);
    const overview = await (await new SignInPage(page).open(first.link)).signIn();
    const path = overview.path();

    for (let look = 0; look < 6; look += 1) {
      await page.goto(path);
      await expect(overview.headline).toBeVisible();
    }
    expect(new Set(proxy.answered)).toEqual(new Set([first.url, second.url]));

    // A form that one replica has shown is taken by the other; the token that it makes works at both.
    const token = await (await new TokensPage(page).open(path)).make('ci');
    await send(first.url, token, cleanTasks(10, { team: 'Payments', from: daysAgo(60) }));
    await send(second.url, token, cleanTasks(10, { team: 'Payments', from: daysAgo(40), first: 11 }));
    await page.goto(path);
    await expect(new OverviewPage(page).main).toContainText('Payments');

    // Whoever tries tokens that do not exist has so many tries in all, and not at each replica.
    const orgId = readSecret('token', token)?.orgId ?? '';
    const statuses = new Map<number, number>();
    for (let tried = 0; tried < UNKNOWN_TOKENS + 10; tried += 1) {
      const guess = createSecret('token', orgId).secret;
      const { status } = await lanes(proxy.url, guess, { 'x-forwarded-for': `198.51.100.${tried}` });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 401: UNKNOWN_TOKENS, 429: 10 });

    // One dies in the midst of work: the session, the form and the work go on at the other, and then the other way round.
    const sending = send(
      first.url,
      token,
      cleanTasks(200, { team: 'Search', from: daysAgo(90), first: 1_000 }),
    );
    await sending.catch(() => undefined);
    await first.kill9();
    await page.goto(path);
    await expect(overview.headline).toBeVisible();
    await send(proxy.url, token, [aTask('after#1').openedBy('codex', { team: 'Growth', category: 'docs' })]);
    await page.goto(path);
    await expect(new OverviewPage(page).main).toContainText('Growth');

    const third = await start();
    proxy.to([second.url, third.url]);
    await second.kill9();
    await page.goto(path);
    await expect(overview.headline).toBeVisible();
    await send(proxy.url, token, [aTask('after#2').openedBy('codex', { team: 'Mobile', category: 'docs' })]);
    await new TokensPage(page).open(path);
    await new TokensPage(page).revoke('ci');
    await expect.poll(async () => (await lanes(proxy.url, token)).status, { timeout: 5_000 }).not.toBe(200);

    // What all of them wrote is one chain, and what they folded is what the record says.
    const commands = { DATABASE_URL: env.DATABASE_URL, AUTH_SECRET: env.AUTH_SECRET };
    const rebuilt = await runGait(['rebuild'], commands);
    expect(rebuilt.stdout + rebuilt.stderr).toContain('Everything is equal, row for row.');
    const exported = await runGait(['audit', 'export', `${home}/audit.ndjson`], commands);
    expect(exported.code, exported.stderr).toBe(0);
    const verified = await runGait(['audit', 'verify', `${home}/audit.ndjson`]);
    expect(verified.code, verified.stdout + verified.stderr).toBe(0);
    // No server took what another has signed for a log that was cut.
    expect(exported.stderr).not.toContain('nothing is signed');
  } finally {
    for (const replica of replicas) {
      await replica.stop();
      rmSync(replica.home, { recursive: true, force: true });
    }
    proxy.close();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

const lanes = (url: string, token: string, more: Record<string, string> = {}) =>
  fetch(`${url}/api/v1/lanes`, { headers: { authorization: `Bearer ${token}`, ...more } });
