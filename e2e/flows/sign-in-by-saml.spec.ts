import { aSamlProvider } from '@/lib/testing/saml-provider';
import { expectAccessible } from '../fixtures/accessible';
import { inDatabase } from '../fixtures/database';
import { expectOutAtOnce } from '../fixtures/directory';
import { aTask, daysAgo, send } from '../fixtures/evidence';
import { expect } from '../fixtures/gait';
import { dispose, startServer } from '../fixtures/server';
import { test } from '../fixtures/test';
import { SignInPage } from '../pages/sign-in-page';
import { TokensPage } from '../pages/tokens-page';

test('an admin sets a SAML provider up from its metadata; then somebody new signs in, has the role of their group, and is out at once', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  // Another site than Gait's, as in life: the cookie does not come along with what it posts.
  const provider = await aSamlProvider({ host: '127.0.0.1' });
  const server = await startServer({ env: { GAIT_TRUSTED_HOSTS: new URL(provider.entityId).host } });
  provider.signsIn({
    nameId: 'ana-1',
    attributes: { email: 'ana@acme.example', name: 'Ana Silva', groups: ['payments-leads'] },
  });
  try {
    const admin = await (await browser.newContext({ baseURL: server.url })).newPage();
    const home = (await (await new SignInPage(admin).open(server.link)).signIn()).path();
    const token = await (await new TokensPage(admin).open(home)).make('ci');
    await send(server.url, token, [
      aTask('acme#1').at(daysAgo(1)).openedBy('codex', { team: 'Payments', category: 'docs' }),
    ]);
    await admin.goto(`${home}/settings/sign-in`);
    const add = admin.locator('details', { hasText: 'Add a SAML provider' });
    await add.locator('summary').first().click();
    await add.getByText('Attributes and rules').click();
    await expectAccessible(admin);
    await add.getByLabel('Name', { exact: true }).fill('Corporate');
    await add.getByLabel('Address of its metadata').fill(provider.metadataUrl);
    await add.getByLabel('Who may join through it').selectOption('anyone');
    await add.getByRole('button', { name: 'Add the connection' }).click();
    await expect(admin.getByText(provider.entityId, { exact: true })).toBeVisible();

    const ownMetadata = await fetch(
      (await admin
        .getByText(/\/metadata$/)
        .first()
        .textContent()) ?? '',
    );
    expect(ownMetadata.headers.get('content-type')).toContain('samlmetadata+xml');
    provider.reads(await ownMetadata.text(), { encrypts: true });
    // Whether a proof stands in DNS is another test's matter.
    await inDatabase(server.home, async (client) => {
      await client.query(`INSERT INTO email_domain (org_id, domain, connection_id, challenge, created_at, verified_at)
        SELECT org_id, 'acme.example', id, 'x', now(), now() FROM connection`);
      await client.query("SELECT set_config('app.org', org_id::text, false) FROM connection");
      await client.query("INSERT INTO domain_route SELECT 'acme.example', org_id FROM connection");
    });

    await admin.getByRole('button', { name: 'Try it' }).click();
    await expect(admin.getByText('This person would join.')).toBeVisible();
    await admin.getByRole('textbox', { name: 'Group' }).fill('payments-leads');
    await admin.getByLabel('Gives').selectOption('lead@payments');
    await admin.getByRole('button', { name: 'Map it' }).click();
    await expect(admin.getByText(/^Mapped/)).toBeVisible();
    await admin.getByRole('button', { name: 'Switch it on' }).click();
    await expect(admin.getByText('On: people of its domains sign in through it.')).toBeVisible();

    await admin.getByRole('button', { name: 'Make the next certificate' }).click();
    await expect(admin.getByRole('button', { name: 'Take the next one into use' })).toBeVisible();
    await expect(admin.getByText('No one who has signed in is in this group.')).toBeVisible();
    await expectAccessible(admin);

    const ana = await (await browser.newContext({ baseURL: server.url })).newPage();
    const signIn = async () => {
      await ana.goto('/login');
      await ana.getByLabel('E-mail address at work').fill('ana@acme.example');
      await ana.getByRole('button', { name: 'Go on' }).click();
      await expect(ana).toHaveURL(new URL(home, server.url).href);
    };
    await signIn();
    const connection = new URL(admin.url()).pathname.split('/').at(-1) ?? '';
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

    await provider.close();
    await admin.goto(`${home}/settings/sign-in/${connection}`);
    await admin.getByRole('button', { name: 'Read it again now' }).click();
    await expect(admin.getByText(/^127\.0\.0\.1 cannot be reached/)).toBeVisible();
  } finally {
    await dispose(server);
    await provider.close();
  }
});
