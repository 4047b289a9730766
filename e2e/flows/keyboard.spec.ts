import type { Locator, Page } from '@playwright/test';
import { expect, nobody, test } from '../fixtures/gait';
import { DecisionPage } from '../pages/decision-page';
import { Frame } from '../pages/frame';
import { LanePage } from '../pages/lane-page';
import { OverviewPage } from '../pages/overview-page';
import { SignInPage } from '../pages/sign-in-page';

test.use({ world: 'keyboard', storageState: nobody, trace: { mode: 'retain-on-failure', snapshots: false } });

/** Presses Tab until something is in focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab did not reach ${target} in ${most} steps.`);
}

/** What has the focus, and whether one can see that. */
function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, left, bottom, right } = element.getBoundingClientRect();
    return {
      name: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)}`,
      isPage: element === document.body,
      isOutlined: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      isInView: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth && bottom > top,
    };
  });
}

test('everything that matters works without a mouse', async ({ page, server }) => {
  test.setTimeout(90_000);
  const frame = new Frame(page);
  const overview = new OverviewPage(page);

  const home = await test.step('sign in', async () => {
    const signIn = await new SignInPage(page).open(server.link);
    await tabTo(page, signIn.button);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    await expect(overview.headline).toBeVisible();
    return overview.path();
  });

  await test.step('the first Tab offers the way past the navigation', async () => {
    await page.reload();
    await expect(overview.headline).toBeVisible();
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    await page.keyboard.press('Tab');
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
    await expect(overview.main).toBeFocused();
    await tabTo(page, page.getByRole('searchbox', { name: 'Filter teams' }), 1);
  });

  await test.step('the focus is seen at every stop', async () => {
    await page.goto(home);
    const stops = [];
    for (let stop = await nextStop(page); !stop.isPage && stops.length < 60; stop = await nextStop(page))
      stops.push(stop);
    expect(stops.length).toBeGreaterThan(15);
    expect(stops.length).toBeLessThan(60);
    expect(stops.filter(({ isOutlined, isInView }) => !isOutlined || !isInView)).toEqual([]);
  });

  await test.step('arrows, Home, End and Enter move on the map, which is one stop of Tab', async () => {
    await page.goto(home);
    const map = overview.map.getByRole('link');
    const tests = overview.lane('Checkout', 'Tests');
    await tabTo(page, tests);
    await page.keyboard.press('Tab');
    await expect(overview.map.locator(':focus')).toHaveCount(0);
    await page.keyboard.press('Shift+Tab');
    await expect(tests).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(overview.lane('Checkout', 'Bug fixes')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(overview.lane('Data platform', 'Bug fixes')).toBeFocused();
    await page.keyboard.press('Home');
    await expect(map.filter({ hasText: 'Data platform' })).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(map.filter({ hasText: 'Data platform' })).toBeFocused();
    await page.keyboard.press('End');
    const lanes = overview.map.getByRole('row').filter({ hasText: 'Data platform' }).getByRole('link');
    await expect(lanes.last()).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(overview.map.getByRole('gridcell').and(page.locator(':focus'))).toHaveCount(1);
    await page.keyboard.press('Control+End');
    await expect(map.last()).toBeFocused();
    await page.keyboard.press('Home');
    await expect(map.filter({ hasText: /^Search$/ })).toBeFocused();
    await page.keyboard.press('Control+Home');
    await expect(map.first()).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${home}/lanes/checkout/tests`);
    await expect(new LanePage(page).trust).toBeVisible();
  });

  await test.step('the palette finds a lane; Escape gives the focus back', async () => {
    const search = page.getByRole('button', { name: /^Search or jump to/ });
    await tabTo(page, search);
    await page.keyboard.press('Control+k');
    await expect(frame.palette.getByRole('combobox')).toBeFocused();
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press('Tab');
      await expect(frame.palette.locator(':focus')).toHaveCount(1);
    }
    await page.keyboard.press('Escape');
    await expect(frame.palette).toHaveCount(0);
    await expect(search).toBeFocused();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('payments doc');
    await expect(frame.palette.getByRole('option')).toHaveText(['Payments · Docs']);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${home}/lanes/payments/docs`);
    await expect(frame.palette).toHaveCount(0);
  });

  await test.step('? shows the shortcuts, and G leads to pages', async () => {
    await page.keyboard.press('?');
    await expect(frame.shortcuts).toBeVisible();
    await expect(frame.shortcuts).toContainText('Decisions');
    await page.keyboard.press('Tab');
    expect(await frame.shortcuts.evaluate((sheet) => sheet.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect(frame.shortcuts).toHaveCount(0);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.waitForURL(`${home}/tasks`);
    await tabTo(page, page.getByRole('searchbox'));
    await page.keyboard.type('g?d');
    await expect(page.getByRole('searchbox')).toHaveValue('g?d');
    await expect(frame.shortcuts).toHaveCount(0);
  });

  await test.step('the menu of narrow screens opens, and gives the focus back', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(home);
    await tabTo(page, frame.menuButton);
    await page.keyboard.press('Enter');
    await expect(frame.menu).toBeVisible();
    await tabTo(page, frame.menu.getByRole('link', { name: 'Lanes' }), 6);
    await page.keyboard.press('Escape');
    await expect(frame.menu).toBeHidden();
    await expect(frame.menuButton).toBeFocused();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step('a decision is opened, read and accepted', async () => {
    await page.goto(home);
    const review = page.getByRole('link', { name: 'Review Mobile, Refactors: crawl to walk' });
    await tabTo(page, review);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/decisions\//);
    const decision = new DecisionPage(page);
    await tabTo(page, decision.reason);
    await page.keyboard.type('Read and agreed.');
    await tabTo(page, decision.accept, 1);
    await page.keyboard.press('Enter');
    await expect(decision.standing).toContainText('Accepted');
    await expect(decision.standing).toContainText('Read and agreed.');
    expect((await focused(page)).isPage, 'the focus is lost with the form').toBe(false);
  });
});

async function nextStop(page: Page) {
  await page.keyboard.press('Tab');
  return focused(page);
}
