import { expectAccessible } from '../fixtures/accessible';
import { cleanTasks, daysAgo, send } from '../fixtures/evidence';
import { expect, nobody, test } from '../fixtures/gait';
import { signInLink, startServer } from '../fixtures/server';
import { Frame } from '../pages/frame';
import { LanePage } from '../pages/lane-page';
import { OverviewPage } from '../pages/overview-page';
import { RecordPage } from '../pages/record-page';
import { errorOf } from '../pages/screen';
import { SignInPage } from '../pages/sign-in-page';
import { TaskPage } from '../pages/task-page';
import { TokensPage } from '../pages/tokens-page';

test.use({ world: 'sessions', storageState: nobody });

test('signing in, a token, a decision and a task: all without JavaScript', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
  const page = await context.newPage();
  const overview = await (await new SignInPage(page).open(server.link)).signIn();
  const home = overview.path();
  await expect(overview.headline).toHaveText('No evidence yet.');

  const token = await (await new TokensPage(page).open(home)).make('plain');
  await send(server.url, token, cleanTasks(20, { team: 'Payments', from: daysAgo(40) }));

  for (const path of ['', '/lanes', '/tasks', '/decisions', '/incidents', '/teams/payments']) {
    await page.goto(`${home}${path}`);
    await expect(overview.main.getByRole('heading', { level: 1 }), path).toBeVisible();
  }
  const decision = await (await overview.open(home)).review('Payments, Tests');
  await decision.decline.click();
  expect(await errorOf(decision.reason)).toBe('Say why you decline, so that others understand.');
  await decision.reason.fill('No objection.');
  await decision.accept.click();
  await expect(decision.standing).toContainText('Accepted');
  const lane = await new LanePage(page).open(home, 'payments', 'tests');
  await expect(lane.headline).toContainText('Walk.');
  await expect(lane.moves).toContainText('“No objection.”');

  const record = await new RecordPage(page).open(home);
  await record.fill('A task', { Reference: 'plain:1', Agent: 'codex', Team: 'Payments', Title: ' ' });
  await record.record('A task', { State: 'Closed unmerged' });
  expect(await errorOf(record.field('A task', 'Title'))).toBe('Say what the task is.');
  await expect(record.field('A task', 'State')).toHaveValue('closed');
  await record.record('A task', { Title: 'Try without JavaScript' });
  await expect(record.answer('A task')).toHaveText('Recorded plain:1.');
  await expect((await new TaskPage(page).open(home, 'plain:1')).worth).toContainText('Rejected');
  await new Frame(page).signOut();
  await page.goto(home);
  expect(page.url()).toBe(`${server.url}/login`);
  await context.close();
});

test('who signs in comes to the page that they asked for: by its address, or in a page that was open when the session ended', async ({
  page,
  context,
  server,
}) => {
  const signIn = async () => (await new SignInPage(page).open(await signInLink(server))).signIn();
  const home = (await signIn()).path();
  await context.clearCookies();

  await page.goto(`${home}/tasks?team=payments&zone=UTC`);
  await expect(page).toHaveURL(`${server.url}/login`);
  await signIn();
  await expect(page).toHaveURL(`${server.url}${home}/tasks?team=payments&zone=UTC`);

  await context.clearCookies();
  await page.getByRole('navigation').getByRole('link', { name: 'Incidents' }).click();
  await expect(page).toHaveURL(`${server.url}/login`);
  await signIn();
  await expect(page).toHaveURL(`${server.url}${home}/incidents`);

  await context.clearCookies();
  await signIn();
  await expect(page, 'once').toHaveURL(`${server.url}${home}`);
});

test('later starts print no link, a command makes one; signing out ends the session everywhere and at once', async ({
  browser,
  page,
  server,
}) => {
  test.setTimeout(60_000);
  await server.stop();
  const again = await startServer({ home: server.home, port: Number(new URL(server.url).port) });
  expect(again.link).toBeNull();
  expect(again.output()).not.toContain('sign-in?link=');
  const signInPage = await new SignInPage(page).open(await signInLink(again));
  await expect(signInPage.headline).toHaveText('Sign in to My organisation?');
  await expectAccessible(page);
  const overview = await signInPage.signIn();
  const home = overview.path();

  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ name: 'gait', httpOnly: true, sameSite: 'Lax', path: '/' });
  const copy = await browser.newContext({
    baseURL: again.url,
    storageState: await page.context().storageState(),
  });
  const elsewhere = await copy.newPage();
  await new OverviewPage(elsewhere).open(home);
  expect(new URL(elsewhere.url()).pathname).toBe(home);

  await page.setViewportSize({ width: 1440, height: 900 });
  await new Frame(page).signOut();
  await elsewhere.goto(`${home}/tasks`);
  expect(elsewhere.url()).toBe(`${again.url}/login`);
  await page.goBack();
  await page.reload();
  expect(page.url()).toBe(`${again.url}/login`);
  await copy.close();
  await again.stop();
});
