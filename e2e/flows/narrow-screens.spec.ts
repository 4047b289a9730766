import { settled } from '../fixtures/accessible';
import { expect, test } from '../fixtures/gait';
import { findScreens, knownRoutes } from '../fixtures/screens';
import { Frame } from '../pages/frame';

test.use({ world: 'sample', reducedMotion: 'reduce' });

/** Two phones, and 1440 px at a zoom of 200 %. */
const widths = [375, 390, 720];

test('no screen scrolls sideways', async ({ page, home }) => {
  test.setTimeout(60_000);
  const address = await findScreens(page.request, home);
  for (const path of [...knownRoutes.map(address), `${home}/nowhere`, '/nowhere/at/all']) {
    await page.goto(path);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await settled(page);
      const widest = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(widest, `${path} at ${width} px`).toBeLessThanOrEqual(width);
    }
  }
});

test('what came of a task, and its worth, is in sight however narrow the screen is', async ({
  page,
  home,
}) => {
  for (const width of [375, 720, 1100, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${home}/tasks?outcome=approved_with_edits`);
    const row = page.getByRole('main').getByRole('row').filter({ hasText: 'github:' }).first();
    const shown = [row.getByText('Approved with edits'), row.getByText('.7', { exact: true })];
    for (const part of [...shown, row.getByText('Merged'), row.getByText(' · ')])
      await expect.soft(part.filter({ visible: true }).first(), `${width} px`).toBeInViewport({ ratio: 1 });
  }
});

test('the menu of narrow screens opens over the page, leads on, and closes on arrival', async ({
  page,
  home,
}) => {
  await page.setViewportSize({ width: 375, height: 800 });
  await page.goto(home);
  const frame = new Frame(page);
  await frame.menuButton.click();
  await expect(frame.menu).toBeVisible();
  await frame.menu.getByRole('link', { name: 'Tasks' }).click();
  await expect(page).toHaveURL(`${home}/tasks`);
  await expect(frame.menu).toBeHidden();
});

test('zoomed to 200 % every field and button of the forms can be reached', async ({ page, home }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await page.goto(`${home}/record`);
  for (const button of await page.getByRole('main').getByRole('button').all()) {
    await button.scrollIntoViewIfNeeded();
    await expect(button).toBeInViewport({ ratio: 1 });
  }
});
