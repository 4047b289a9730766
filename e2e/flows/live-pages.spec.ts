import { aTask, cleanTasks, daysAgo, send } from '../fixtures/evidence';
import { expect, test } from '../fixtures/gait';
import { LanePage } from '../pages/lane-page';
import { OverviewPage } from '../pages/overview-page';
import { TokensPage } from '../pages/tokens-page';

test.use({ world: 'live' });

test('an open page shows what comes in, by itself, and keeps what was typed', async ({
  page,
  context,
  home,
  server,
}) => {
  const token = await (await new TokensPage(page).open(home)).make('live');
  const overview = await new OverviewPage(page).open(home);
  await expect(overview.headline).toHaveText('No evidence yet.');
  await send(server.url, token, [aTask('live#1').at(daysAgo(1)).openedBy('codex', { team: 'Shop' })]);
  await expect(overview.headline).not.toHaveText('No evidence yet.');

  const filter = page.getByRole('searchbox', { name: 'Filter teams' });
  await filter.fill('pay');
  await expect(page).toHaveURL(/\?q=pay$/);
  await send(server.url, token, cleanTasks(30, { team: 'Payments', from: daysAgo(60) }));
  await expect(overview.headline).toContainText('1 decision waits.');
  await expect(filter).toBeFocused();
  await expect(filter).toHaveValue('pay');

  const lane = await new LanePage(await context.newPage()).open(home, 'payments', 'tests');
  await expect(lane.main).toContainText('30 of 30 decided tasks');
  const more = cleanTasks(1, { team: 'Payments', from: daysAgo(1), first: 31 });
  await send(server.url, token, more);
  await expect(lane.main).toContainText('31 of 31 decided tasks');
});
