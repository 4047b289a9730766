import { expect } from './fixtures/gait';
import { startProxy } from './fixtures/proxy';
import { dispose, startServer } from './fixtures/server';
import { test } from './fixtures/test';
import { SignInPage } from './pages/sign-in-page';
import { TokensPage } from './pages/tokens-page';

test('people sign in and send forms also where the proxy hands on the host without its port', async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const proxy = await startProxy({ dropsPort: true });
  const server = await startServer({ env: { GAIT_URL: proxy.url, GAIT_PROXIES: '1' } });
  proxy.to([server.url]);
  const context = await browser.newContext({ baseURL: proxy.url });
  try {
    const page = await context.newPage();
    const overview = await (await new SignInPage(page).open(server.link)).signIn();
    await expect(overview.headline).toHaveText('No evidence yet.');
    const token = await (await new TokensPage(page).open(overview.path())).make('ci');
    expect(token).toMatch(/^gait_/);
  } finally {
    await context.close();
    proxy.close();
    await dispose(server);
  }
});
