import { aMailbox, type Mailbox } from '@/lib/testing/mailbox';
import { inDatabase } from '../fixtures/database';
import { dispose, runGait, type Server, startServer } from '../fixtures/server';
import { expect, test } from '../fixtures/test';
import { DecisionPage } from '../pages/decision-page';
import { MailSettingsPage } from '../pages/mail-settings-page';
import { SignInPage } from '../pages/sign-in-page';

let mailbox: Mailbox;
let server: Server;

test.beforeAll(async () => {
  mailbox = await aMailbox();
  server = await startServer({ kind: 'demo', env: { SMTP_URL: mailbox.url } });
});

test.afterAll(async () => {
  await dispose(server);
  await mailbox.close();
});

test('Monday: the report comes by mail, and a decision is opened from it by who signs in', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const settings = await test.step('mails are switched on, and a test is sent', async () => {
    const overview = await (await new SignInPage(page).open(server.link)).signIn();
    const home = server.url + overview.path();
    await inDatabase(server.home, (client) =>
      client.query("UPDATE person SET email = 'lead@northwind.example'"),
    );
    const opened = await new MailSettingsPage(page).open(home);
    await opened.switchOn();
    await opened.sendLatest();
    await mailbox.until(1);
    return opened;
  });

  const link = await test.step('the mail has a link for each decision', async () => {
    const [mail] = mailbox.mails;
    expect(mail?.to).toBe('lead@northwind.example');
    const text = mail?.text.replaceAll('&amp;', '&') ?? '';
    const section = text.slice(text.indexOf('Waiting for a decision</h2>'));
    const [, found = ''] = /href="([^"]*\/api\/go\?to=[^"]+)"/.exec(section) ?? [];
    return found;
  });

  await test.step('who is signed out signs in first, and comes to it', async () => {
    await settings.signOut();
    await page.goto(link);
    await expect(page.getByRole('alert').filter({ hasText: 'Sign in first' })).toBeVisible();
    const { stdout } = await runGait(['sign-in-link'], { GAIT_HOME: server.home });
    await new SignInPage(page).open(/http\S+/.exec(stdout)?.[0] ?? null);
    await page.getByRole('button', { name: /^Sign in as/ }).click();
    await page.waitForURL(/\/decisions\/[0-9a-f-]{36}$/);
    await expect(page.getByText('This link was mailed to somebody else')).toHaveCount(0);
  });

  await test.step('and reads what it asks, or what became of it since', async () => {
    await expect(new DecisionPage(page).sentences('Why, and how sure').first()).toContainText(
      'Proven at least',
    );
  });

  await test.step('somebody else who follows the link is told so', async () => {
    await inDatabase(server.home, (client) =>
      client.query(`UPDATE session SET person_id = (SELECT id FROM person WHERE id <> session.person_id LIMIT 1)
        WHERE ended_at IS NULL`),
    );
    await page.goto(link);
    await expect(page.getByText('This link was mailed to somebody else')).toBeVisible();
  });

  await test.step('the address for mail clients asks a browser, and takes one click of a client without a redirect', async () => {
    const [, address = ''] = /List-Unsubscribe:\s+<([^>]+)>/.exec(mailbox.mails[0]?.text ?? '') ?? [];
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'No more of these mails?' })).toBeVisible();
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const { status } = await fetch(address, { method: 'POST', body, redirect: 'manual' });
    expect(status).toBe(200);
  });
});
