import type { Browser } from '@playwright/test';
import { freshContext } from '../setup/browser';
import type { BenchOrganisation } from '../setup/organisation';

/** What stands on a screen when its last data does: something of every kind, and so many in all. */
export type Screen = { every: string[]; count: number };

const PATIENCE_MS = 30_000;

/** Looks before every frame, inside the page: what is waited for has a box, so it is drawn and not only there. */
function watch({ every, count }: Screen): void {
  const look = (): void => {
    const found = every.map((selector) =>
      [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0),
    );
    const isThere = found.every((some) => some.length > 0) && found.flat().length >= count;
    // One more frame: the one in which it is painted.
    if (isThere)
      requestAnimationFrame(() =>
        document.documentElement.setAttribute('data-bench-seen', String(performance.now())),
      );
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** From the start of the navigation, in a browser that has nothing in its cache. */
export async function secondsToLastData(
  browser: Browser,
  url: string,
  organisation: BenchOrganisation,
  screen: Screen,
): Promise<number> {
  const context = await freshContext(browser, new URL(url).origin, organisation);
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, screen);
    await page.goto(url, { waitUntil: 'commit' });
    const root = page.locator('html[data-bench-seen]');
    await root.waitFor({ state: 'attached', timeout: PATIENCE_MS });
    return Number(await root.getAttribute('data-bench-seen')) / 1000;
  } finally {
    await context.close();
  }
}
