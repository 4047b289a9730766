import { setDatabaseClock } from '@/lib/testing/database-clock';
import { inDatabase } from '../fixtures/database';
import { anIncident, cleanTasks, days, daysAgo, send } from '../fixtures/evidence';
import { clockAhead, expect, nobody, test } from '../fixtures/gait';
import { signInLink, startServer } from '../fixtures/server';
import { DecisionsPage } from '../pages/decisions-page';
import { LanePage } from '../pages/lane-page';
import { OverviewPage } from '../pages/overview-page';
import { SignInPage } from '../pages/sign-in-page';
import { TokensPage } from '../pages/tokens-page';

test.use({ world: 'accept', storageState: nobody });

const lane = 'Payments, Tests';
const later = days(15);

test('a lane earns walk and run on evidence, and loses both at once', async ({
  browser,
  page,
  server: first,
}) => {
  test.setTimeout(120_000);

  const home = await test.step('the printed link signs in once', async () => {
    for (const _ of [1, 2])
      expect(await (await page.request.get(first.link ?? '')).text()).toContain('Sign in as');
    const someoneElse = await browser.newContext();
    const late = await new SignInPage(await someoneElse.newPage()).open(first.link);
    const overview = await (await new SignInPage(page).open(first.link)).signIn();
    await expect(overview.headline).toHaveText('No evidence yet.');
    await expect(overview.nextSteps).toHaveText([/Send events/, /Import a file/, /Record by hand/]);
    await late.button.click();
    await expect(late.problem).toHaveText('This link was used already, or has expired.');
    await late.open(first.link);
    await expect(late.problem).toContainText('That link was used already.');
    await someoneElse.close();
    return overview.path();
  });

  const token = await test.step('a token is made on the screen, and shown once', async () => {
    const tokens = await new TokensPage(page).open(home);
    const secret = await tokens.make('ci');
    expect(secret).toMatch(/^gait_\S{40,}$/);
    await page.reload();
    await expect(tokens.rows.filter({ hasText: 'ci' })).toContainText('works');
    await expect(tokens.rows.filter({ hasText: 'ci' })).toContainText(/gait_…[\w-]{6}(?!…)/);
    await expect(tokens.secret).toHaveCount(0);
    expect(await page.content()).not.toContain(secret);
    return secret;
  });

  await test.step('41 clean tasks: walk is recommended as of the 20th', async () => {
    await send(first.url, token, cleanTasks(41, { team: 'Payments', from: daysAgo(60) }));
    const overview = await new OverviewPage(page).open(home);
    await expect(overview.headline).toContainText('1 decision waits.');
    const ready = await overview.openLane('Payments', 'Tests');
    await expect(ready.recommendation).toContainText('When it was recommended, ');
    await expect(ready.recommendation).toContainText('from 20 tasks that matured');
    await expect(ready.part('Trust, now')).toContainText('met for walk');
    const decision = await (await overview.open(home)).review(lane);
    await expect(decision.headline).toContainText('Payments · Tests: crawl');
    await expect(decision.main).toContainText(/on the evidence of that day; known to Gait since/);
    await expect(decision.sentences('Why, and how sure').first()).toHaveText(
      'Proven at least .80 from 20 tasks that matured, all of them clean.',
    );
    await expect(decision.sentences('What the policy allows in walk')).not.toHaveCount(0);
    await expect(decision.sentences('What could go wrong')).not.toHaveCount(0);
    await expect(decision.sentences('What would undo it')).not.toHaveCount(0);
    await decision.reason.fill('The team has agreed.');
    await decision.accept.click();
    await expect(decision.standing).toContainText('Accepted');
    await expect(decision.standing).toContainText('Owner agreed');
  });

  await test.step('the lane walks; the log says who, on which evidence and under which policy', async () => {
    const walking = await new LanePage(page).open(home, 'payments', 'tests');
    await expect(walking.headline).toContainText('Walk.');
    await expect(walking.moves).toHaveCount(1);
    await expect(walking.moves.first()).toContainText(
      'Owner accepted walk: proven at least .90 from 41 tasks.',
    );
    await expect(walking.moves.first()).toContainText('“The team has agreed.”');
    expect(await walking.move(0).known()).toMatchObject({
      'policy version': '1',
      matured: '41',
      'not clean': '0',
      epoch: '1',
    });
  });

  await test.step('the evidence for run is there, but ten tasks must mature in walk', async () => {
    await send(
      first.url,
      token,
      cleanTasks(12, { team: 'Payments', from: daysAgo(1), every: 3_600_000, first: 42 }),
    );
    const walking = await new LanePage(page).open(home, 'payments', 'tests');
    await expect(walking.main).toContainText('Proven for run; 10 more must mature in walk first.');
    // The database lives fifteen days later, too: a server that is ahead of it lets nothing mature.
    await inDatabase(first.home, (db) => setDatabaseClock(db, later));
    await first.stop();
  });

  const second = await startServer({
    home: first.home,
    port: Number(new URL(first.url).port),
    env: clockAhead(later),
  });

  await test.step('fifteen days later the session is over, and a new link signs in', async () => {
    await page.goto(home);
    await expect(page).toHaveURL(/\/login/);
    await (await new SignInPage(page).open(await signInLink(second))).signIn();
  });

  await test.step('run is recommended, and one person is not enough', async () => {
    const overview = new OverviewPage(page);
    await expect(async () => {
      await overview.open(home);
      await expect(overview.headline).toContainText('1 decision waits.', { timeout: 500 });
    }).toPass();
    const decision = await overview.review(lane);
    await expect(decision.headline).toContainText('walk');
    await expect(decision.standing).toHaveText('2 people have to agree.');
    await decision.accept.click();
    await expect(decision.standing).toContainText(/^Owner agreed .*; 1 more person has to\.$/);
    await expect(decision.main).toContainText(
      'You have agreed already. Promotion to run needs a second approver.',
    );
    await expect(decision.accept).toHaveCount(0);
    const walking = await new LanePage(page).open(home, 'payments', 'tests');
    await expect(walking.headline).toContainText('Ready for run.');
    await expect(walking.moves).toHaveCount(1);
  });

  await test.step('a SEV1 that a person linked takes the lane to crawl at once', async () => {
    const incident = anIncident('pagerduty:Q1')
      .at(daysAgo(0, later))
      .opened('SEV1', { title: 'Cart is down', team: 'Payments' })
      .after({ minutes: 1 })
      .linkedTo('github:acme/shop#45', 'confirmed', { by: 'lena' });
    await send(second.url, token, [incident]);
    const fallen = await new LanePage(page).open(home, 'payments', 'tests');
    await expect(fallen.headline).toContainText('Crawl. 30 more clean reviews to walk.');
    await expect(fallen.main.getByText('30 more clean reviews')).toHaveCount(1);
    await expect(fallen.moves).toHaveCount(2);
    await expect(fallen.moves.first()).toContainText('SEV1 on a task of this lane: back to crawl at once.');
    await expect(fallen.moves.first().getByRole('link')).toHaveText('github:acme/shop#45');
    expect(await fallen.move(0).known()).toMatchObject({ 'policy version': '1', matured: '53' });
    await expect(fallen.main).toContainText('epoch 2');
    const decisions = await new DecisionsPage(page).open(home);
    await expect(decisions.headline).toHaveText('No decision waits.');
    await expect(decisions.moves).toHaveCount(2);
    await expect(decisions.closed).toHaveText([/^Withdrawn.*walk.*run/]);
  });

  await second.stop();
});
