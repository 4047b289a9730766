import type { Page } from '@playwright/test';
import { aDnsServer } from '@/lib/testing/dns-server';
import { anOpenIdProvider, type OpenIdProvider } from '@/lib/testing/openid-provider';
import { expectAccessible } from '../fixtures/accessible';
import { expectOutAtOnce } from '../fixtures/directory';
import { aTask, daysAgo, send } from '../fixtures/evidence';
import { expect } from '../fixtures/gait';
import { dispose, freePort, startServer } from '../fixtures/server';
import { test } from '../fixtures/test';
import { SignInPage } from '../pages/sign-in-page';
import { TokensPage } from '../pages/tokens-page';

const ANA = {
  sub: 'ana-1',
  email: 'ana@acme.example',
  email_verified: true,
  name: 'Ana Silva',
  groups: ['payments-leads'],
};

/** The owner, who came by a link and has no address yet, is the same person when they come through the provider. */
async function connectTheProvider(owner: Page, home: string, provider: OpenIdProvider): Promise<void> {
  await owner.goto(`${home}/settings/members`);
  await owner.getByRole('link', { name: 'Owner', exact: true }).click();
  const glass = owner.getByRole('region', { name: 'Break the glass' });
  await glass.getByRole('button', { name: 'No longer let Owner break the glass' }).click();
  await expect(glass.getByText('They may no longer break the glass.')).toBeVisible();
  await glass.getByRole('button', { name: 'Let Owner break the glass', exact: true }).click();
  await expect(glass.getByText('They may break the glass.', { exact: true })).toBeVisible();
  const connect = owner.getByRole('region', { name: /^Sign in through/ });
  await connect.getByLabel('Your e-mail address at work').fill('olga@acme.example');
  await expectAccessible(owner);
  provider.signsIn({ sub: 'olga-1', email: 'olga@acme.example', email_verified: true, name: 'Olga' });
  // Of the provider, which still knows the browser by the trial.
  await owner.context().clearCookies({ name: /^_/ });
  await connect.getByRole('button', { name: 'Connect Corporate' }).click();
  await expect(connect).toHaveCount(0);
  await owner.goto(`${home}/settings/members`);
  await expect(owner.getByRole('row', { name: /olga@acme\.example/ })).toContainText('Corporate');
}

test('an admin sets an OpenID provider up, domain and all; somebody new lands in their team and role, and is out at once', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const port = await freePort();
  const provider = await anOpenIdProvider({ anyRedirect: `http://localhost:${port}/api/auth/oidc/` });
  const dns = await aDnsServer();
  const server = await startServer({
    port,
    env: { GAIT_TRUSTED_HOSTS: new URL(provider.issuer).host, DNS_SERVER: dns.address },
  });
  provider.signsIn(ANA);
  try {
    const admin = await (await browser.newContext({ baseURL: server.url })).newPage();
    const home = (await (await new SignInPage(admin).open(server.link)).signIn()).path();
    const token = await (await new TokensPage(admin).open(home)).make('ci');
    await send(server.url, token, [
      aTask('acme#1').at(daysAgo(1)).openedBy('codex', { team: 'Payments', category: 'docs' }),
    ]);

    await admin.goto(`${home}/settings/sign-in`);
    const add = admin.locator('details', { hasText: 'Add an OpenID provider' });
    await add.getByLabel('Name', { exact: true }).fill('Corporate');
    await add.getByLabel('Issuer').fill(new URL(provider.issuer).host);
    await add.getByLabel('Client id').fill(provider.clientId);
    await add.getByLabel('Client secret').fill('a-secret');
    await add.getByLabel('Who may join through it').selectOption('anyone');
    await add.getByRole('button', { name: 'Add the connection' }).click();
    await expect(add.getByText('Give the issuer’s address, such as')).toBeVisible();
    await expect(add.getByText('Enter the secret again')).toBeVisible();
    await add.getByLabel('Issuer').fill(provider.issuer);
    await add.getByRole('button', { name: 'Add the connection' }).click();
    await expect(add.getByText('Give the client secret, or tick')).toBeVisible();
    await add.getByLabel('Client secret').fill('a wrong one');
    await add.getByRole('button', { name: 'Add the connection' }).click();

    await expect(admin.getByRole('heading', { name: 'Corporate' })).toBeVisible();
    await admin.getByRole('button', { name: 'Try it' }).click();
    await expect(admin.getByText(/^The trial of .* UTC failed: .*\[invalid_client\]/)).toBeVisible();
    await expectAccessible(admin);
    await admin.getByText('Change the settings').click();
    await admin.getByLabel('Client secret').fill(provider.clientSecret);
    await admin.getByRole('button', { name: 'Save the changes' }).click();
    await expect(admin.getByText('Changed. Try it again.')).toBeVisible();
    await admin.goto(`${home}/settings/sign-in`);

    const domains = admin.getByRole('region', { name: 'Domains' });
    await domains.getByLabel('Another domain').fill('acme.example');
    await domains.getByRole('button', { name: 'Claim it' }).click();
    const name = (await domains.getByText(/^_gait\./).textContent()) ?? '';
    const value = (await domains.getByText(/^gait-/).textContent()) ?? '';
    await domains.getByRole('button', { name: 'Look for the proof' }).click();
    await expect(domains.getByText('not verified')).toBeVisible();
    dns.say(name, value);
    await domains.getByRole('button', { name: 'Look for the proof' }).click();
    await expect(domains.getByText('verified', { exact: true })).toBeVisible();
    await domains.getByLabel('Signs in through').selectOption({ label: 'Corporate' });
    await domains.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('OpenID Connect · acme.example')).toBeVisible();
    await domains.getByLabel('Signs in through').selectOption({ label: 'no connection' });
    await domains.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('OpenID Connect · for no domain yet')).toBeVisible();
    await domains.getByLabel('Signs in through').selectOption({ label: 'Corporate' });
    await domains.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('OpenID Connect · acme.example')).toBeVisible();
    await domains.getByText('Give it up…').click();
    await expect(domains.getByRole('button', { name: 'Give acme.example up' })).toBeVisible();
    await expectAccessible(admin);

    await admin.getByRole('link', { name: 'Corporate' }).click();
    await admin.getByRole('textbox', { name: 'Group' }).fill('payments-leads');
    await admin.getByLabel('Gives').selectOption('lead@payments');
    await admin.getByRole('button', { name: 'Map it' }).click();
    await expect(admin.getByText(/^Mapped/)).toBeVisible();
    const connection = new URL(admin.url()).pathname.split('/').at(-1) ?? '';
    await admin.getByRole('button', { name: 'Try it' }).click();
    await expect(admin.getByText('This person would join.')).toBeVisible();
    await expect(admin.getByRole('region', { name: 'What it says of people' })).toContainText(
      'lead of payments',
    );
    await admin.getByRole('button', { name: 'Switch it on' }).click();
    await expect(admin.getByText('On: people of its domains sign in through it.')).toBeVisible();

    await connectTheProvider(admin, home, provider);
    provider.signsIn(ANA);
    const ana = await (await browser.newContext({ baseURL: server.url })).newPage();
    const signIn = async () => {
      await ana.goto('/login');
      await ana.getByLabel('E-mail address at work').fill('ana@acme.example');
      await ana.getByRole('button', { name: 'Go on' }).click();
      await expect(ana).toHaveURL(new URL(home, server.url).href);
    };
    await signIn();
    await admin.goto(`${home}/settings/members`);
    await expect(admin.getByRole('row', { name: /Ana Silva/ })).toContainText('lead of Payments');

    await expectOutAtOnce({
      admin,
      person: ana,
      home,
      connection,
      as: { userName: 'ana@acme.example', externalId: 'ana-1' },
      signInAgain: signIn,
    });
  } finally {
    await dispose(server);
    await provider.close();
    await dns.close();
  }
});
