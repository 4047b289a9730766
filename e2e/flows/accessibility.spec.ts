import { expectAccessible } from '../fixtures/accessible';
import { expect, test } from '../fixtures/gait';
import { findScreens, knownRoutes, routesOfApp, seenElsewhere } from '../fixtures/screens';
import { Frame } from '../pages/frame';

test.use({ world: 'sample', trace: { mode: 'retain-on-failure', snapshots: false } });

test('every screen of the app is known to these tests', () => {
  expect(routesOfApp().toSorted()).toEqual([...knownRoutes].toSorted());
});

test('the front door leads to the overview', async ({ page, home }) => {
  await page.goto('/');
  expect(new URL(page.url()).pathname).toBe(home);
});

for (const route of knownRoutes.filter((known) => known !== '/' && !seenElsewhere.has(known))) {
  test(`axe finds nothing on ${route}`, async ({ page, home }) => {
    const address = await findScreens(page.request, home);
    const response = await page.goto(address(route));
    expect(response?.status()).toBe(200);
    await expectAccessible(page);
  });
}

test('axe finds nothing where there is nothing', async ({ page, home }) => {
  for (const path of [`${home}/nowhere`, `${home}/tasks/none`, '/nobody', '/nobody/tasks']) {
    expect((await page.goto(path))?.status()).toBe(404);
    await expectAccessible(page);
  }
});

test('axe finds nothing in lists that a filter has emptied', async ({ page, home }) => {
  for (const path of ['?q=nobody', '/lanes?gear=run&category=security', '/tasks?q=no-such-task']) {
    await page.goto(`${home}${path}`);
    await expectAccessible(page);
  }
});

test('axe finds nothing in the palette, the shortcuts and the menu', async ({ page, home }) => {
  const frame = new Frame(page);
  await page.goto(`${home}/agents`);
  await page.keyboard.press('Control+k');
  await expect(frame.palette).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(frame.palette).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(frame.shortcuts).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(frame.shortcuts).toHaveCount(0);
  await frame.menuButton.click();
  await expect(frame.menu).toBeVisible();
  await expectAccessible(page, { asItStands: true });
});

for (const route of [
  '/[org]/lanes/[team]/[category]',
  '/[org]/tasks/[ref]',
  '/[org]/agents',
  '/[org]/incidents',
]) {
  test(`axe finds nothing in what is folded away on ${route}`, async ({ page, home }) => {
    const address = await findScreens(page.request, home);
    await page.goto(address(route));
    for (const fold of await page.getByRole('main').locator('summary').all()) await fold.click();
    await expectAccessible(page);
  });
}
