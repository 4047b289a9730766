import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { findChromium } from '@/e2e/fixtures/chromium';
import type { BenchOrganisation } from './organisation';

export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const { executablePath, args, env } = await findChromium();
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, ...env } });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** A browser that has never seen this server, signed in. */
export async function freshContext(
  browser: Browser,
  url: string,
  { session }: BenchOrganisation,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: 'gait', value: session, url }]);
  return context;
}
