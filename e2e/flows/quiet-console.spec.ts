import { settled } from '../fixtures/accessible';
import { expect, test } from '../fixtures/gait';
import { findScreens, knownRoutes, seenElsewhere } from '../fixtures/screens';

test.use({ world: 'sample' });

/** What browsers complain of: errors, deprecated ways, what the page's own policy does not let in, what could not be loaded. */
test('no page gives the browser anything to complain of', async ({ page, home }) => {
  test.setTimeout(90_000);
  const screens = await findScreens(page.request, home);
  const said: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`${page.url()}: ${error.message}`));
  page.on('response', (answer) => {
    if (answer.status() >= 400) said.push(`${page.url()}: ${answer.status()} ${answer.url()}`);
  });
  for (const route of knownRoutes.filter((known) => !seenElsewhere.has(known))) {
    await page.goto(screens(route));
    await settled(page);
    const mode = await page.evaluate(() => [document.compatMode, document.characterSet]);
    expect(mode, route).toEqual(['CSS1Compat', 'UTF-8']);
  }
  expect(said).toEqual([]);
});
