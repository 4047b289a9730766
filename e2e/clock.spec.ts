import { rmSync } from 'node:fs';
import { Client } from 'pg';
import { addWeeks, boundsOf, type IsoWeek, weekAt } from '@/lib/domain/report/iso-week';
import { startEmbeddedPostgres } from '@/lib/platform/postgres/embedded';
import { setDatabaseClock } from '@/lib/testing/database-clock';
import { inDatabase } from './fixtures/database';
import { aTask, days, daysAgo, send } from './fixtures/evidence';
import { clockAhead, expect } from './fixtures/gait';
import { runGait, type Server, signInLink, startServer, temporaryHome } from './fixtures/server';
import { test } from './fixtures/test';
import { SignInPage } from './pages/sign-in-page';

/** One start with a clock that is eight days ahead, and what is left of it once the clock is right again. */

const AHEAD = days(8);
const TEAMS = ['Payments', 'Search'];
/** A checkpoint comes within a minute of the one before. */
const PATIENCE = { timeout: 90_000 };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Decided eight days ago, so that they mature in six: before the false time, and after the true one. */
const stories = TEAMS.flatMap((team) =>
  Array.from({ length: 20 }, (_, n) =>
    aTask(`${team}#${n}`)
      .at(daysAgo(8) + n * 60_000)
      .openedBy('codex', { team, category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  ),
);

async function aToken({ env }: Pick<Server, 'env'>): Promise<string> {
  const made = await runGait(['token', 'create', 'ci', '--json'], env);
  return (JSON.parse(made.stdout) as { secret: string }).secret;
}

type Look = {
  reports: number;
  early: number;
  voids: number;
  voided: number;
  ahead: number;
  matured: number;
  late: number;
};

/** What the database holds, by a time that we know to be true. */
async function look(db: Client): Promise<Look> {
  const now = new Date();
  const { rows } = await db.query<Look>(
    `SELECT (SELECT count(*)::int FROM report) AS reports,
      (SELECT count(*)::int FROM report WHERE to_at > $1) AS early,
      (SELECT count(*)::int FROM report_void) AS voids,
      (SELECT count(*)::int FROM audit WHERE act = 'report.voided') AS voided,
      (SELECT count(*)::int FROM audit_checkpoint WHERE created_at > $1::timestamptz + interval '1 hour') AS ahead,
      (SELECT coalesce(sum(matured_count), 0)::int FROM lane) AS matured,
      (SELECT count(*)::int FROM (SELECT due_at FROM audit_due UNION ALL SELECT due_at FROM delivery_due WHERE EXISTS (SELECT FROM delivery)
        UNION ALL SELECT due_at - interval '7 days' FROM report_due) due WHERE due_at > $1::timestamptz + interval '25 hours') AS late`,
    [now],
  );
  return rows[0] as Look;
}

/** Whether a checkpoint was signed since then, at a time that has come. */
async function isSignedSince(db: Client, at: Date): Promise<boolean> {
  const { rows } = await db.query<{ signed: boolean }>(
    'SELECT EXISTS (SELECT FROM audit_checkpoint WHERE created_at BETWEEN $1 AND $2) AS signed',
    [at, new Date()],
  );
  return rows[0]?.signed === true;
}

/** The report of this week is due next Monday at the latest, and so before the false time. */
const thisWeek = (): IsoWeek => weekAt(Date.now(), 'UTC');

test('a server whose clock is eight days ahead of the database does nothing that lasts, and says why', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const home = temporaryHome();
  const postgres = await startEmbeddedPostgres({ home, say: () => undefined, log: silent });
  const db = new Client({ connectionString: postgres.databaseUrl });
  await db.connect();
  const env = { DATABASE_URL: postgres.databaseUrl, AUTH_SECRET: 'one secret for all of them, long enough' };
  const servers: Server[] = [];
  const start = async (more: Record<string, string> = {}) => {
    const [first] = servers;
    const place = first && { home: first.home, port: Number(new URL(first.url).port) };
    const server = await startServer({ ...place, env: { ...env, ...more } });
    servers.push(server);
    return server;
  };
  try {
    const first = await start();
    const page = await (await browser.newContext({ baseURL: first.url })).newPage();
    const path = (await (await new SignInPage(page).open(first.link)).signIn()).path();
    const token = await aToken(first);
    await send(first.url, token, stories);
    await expect.poll(() => look(db)).toMatchObject({ matured: 0, reports: 0, ahead: 0 });
    await first.stop();

    const ahead = await start(clockAhead(AHEAD));
    const ready = async () =>
      (await (await fetch(`${ahead.url}/api/health/ready`)).json()) as { status: string; warning?: string };
    await expect
      .poll(ready)
      .toMatchObject({ status: 'ready', warning: expect.stringContaining("8 days ahead of the database's") });
    // The session would have ended by the false time, and the token goes on working.
    await page.goto(path);
    await expect(page.getByRole('complementary', { name: 'Clock' })).toContainText('No report is frozen');
    await send(ahead.url, token, [aTask('after#1').at(daysAgo(1)).openedBy('codex', { team: 'Payments' })]);
    expect(await look(db)).toMatchObject({ matured: 0, reports: 0, ahead: 0 });
    await ahead.stop();
    expect(await look(db)).toMatchObject({ matured: 0, reports: 0, voids: 0, ahead: 0 });

    const restartedAt = new Date();
    const again = await start();
    await runGait(['token', 'create', 'more'], again.env);
    await expect.poll(() => isSignedSince(db, restartedAt), PATIENCE).toBe(true);
    expect(await look(db)).toMatchObject({ late: 0, reports: 0, voids: 0 });
    await page.goto(path);
    await expect(page.getByRole('complementary', { name: 'Clock' })).toHaveCount(0);
  } finally {
    for (const server of servers) await server.stop();
    for (const server of servers) rmSync(server.home, { recursive: true, force: true });
    await db.end();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

test('where the database was ahead, too, all is mended when both are right: reports are void, the rest is pulled back', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  let server = await startServer();
  const { home, url } = server;
  const restart = (env: Record<string, string> = {}) =>
    startServer({ home, port: Number(new URL(url).port), env });
  try {
    const page = await (await browser.newContext({ baseURL: url })).newPage();
    const path = (await (await new SignInPage(page).open(server.link)).signIn()).path();
    await send(url, await aToken(server), stories);
    await inDatabase(home, (db) => setDatabaseClock(db, AHEAD));
    await server.stop();

    server = await restart(clockAhead(AHEAD));
    const reports = TEAMS.length + 1;
    await inDatabase(home, async (db) => {
      await expect.poll(() => look(db), PATIENCE).toMatchObject({ reports, early: reports });
      await expect.poll(async () => (await look(db)).ahead, PATIENCE).toBeGreaterThan(0);
      await setDatabaseClock(db, 0);
    });
    await server.stop();

    const restartedAt = new Date();
    server = await restart();
    await inDatabase(home, async (db) => {
      await expect
        .poll(() => look(db), PATIENCE)
        .toMatchObject({ reports, voids: reports, voided: reports, matured: 0, late: 0 });
      await expect.poll(() => isSignedSince(db, restartedAt), PATIENCE).toBe(true);
    });
    await (await new SignInPage(page).open(await signInLink(server))).signIn();
    await page.goto(`${path}/reports/${thisWeek()}`);
    await expect(page.getByRole('main')).toContainText('This report is void.');
    await page.goto(`${path}/reports`);
    await expect(page.getByRole('region', { name: 'Void' })).toContainText(thisWeek());
    await server.stop();

    // The week ends: it is frozen again, and the void one stays readable.
    const over = boundsOf(addWeeks(thisWeek(), 1), 'UTC').to + days(1) - Date.now();
    const week = thisWeek();
    server = await restart();
    await inDatabase(home, (db) => setDatabaseClock(db, over));
    await server.stop();
    server = await restart(clockAhead(over));
    await inDatabase(home, async (db) => {
      const editions = async () =>
        (await db.query(`SELECT team, edition FROM report WHERE week = $1 ORDER BY team, edition`, [week]))
          .rows;
      await expect
        .poll(editions, PATIENCE)
        .toEqual(['', 'payments', 'search'].flatMap((team) => [1, 2].map((edition) => ({ team, edition }))));
    });
    await (await new SignInPage(page).open(await signInLink(server))).signIn();
    await page.goto(`${path}/reports/${week}`);
    await expect(page.getByRole('main')).not.toContainText('This report is void.');
    await page.getByRole('link', { name: 'Edition 1, void' }).click();
    await expect(page.getByRole('main')).toContainText('This report is void.');
    const file = test.info().outputPath('audit.ndjson');
    expect((await runGait(['audit', 'export', file], server.env)).code).toBe(0);
    expect((await runGait(['audit', 'verify', file])).code).toBe(0);
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
