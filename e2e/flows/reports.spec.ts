import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from '../fixtures/accessible';
import { expect, test } from '../fixtures/gait';
import { runGait } from '../fixtures/server';
import { ReportsPage } from '../pages/reports-page';

test.use({ world: 'sample' });

test('Monday: the newest report says what changed and what to do, and leads to it', async ({
  page,
  home,
}) => {
  const reports = await new ReportsPage(page).open(home);
  await expect(reports.weeks).toHaveCount(8);
  await expectAccessible(page);
  await reports.openLatest();
  await expect(reports.headline).toContainText(/^Northwind Engineering: \d+ of \d+ lanes run, \d+ walk\./);
  for (const name of ['What to do next', 'What changed', 'Teams', 'How sure this is'])
    await expect(reports.part(name)).toBeVisible();
  await expect(reports.main).toContainText(/SHA-256 [0-9a-f]{64}/);
  await expectAccessible(page);
  await reports.part('Teams').getByRole('link', { name: 'Payments' }).click();
  await expect(page).toHaveURL(/\/teams\/payments/);
});

test('a team’s report reads the same as the command prints it, and goes back week by week', async ({
  page,
  home,
  server,
}) => {
  const reports = await new ReportsPage(page).open(home);
  await reports.ofTeam('Payments');
  await reports.openLatest();
  const answer = (await reports.headline.textContent()) ?? '';
  expect(answer).toMatch(/^Payments: /);
  const week = /\d{4}-W\d{2}/.exec(page.url())?.[0] ?? '';
  const { code, stdout } = await runGait(['report', '--week', week, '--team', 'payments'], {
    GAIT_HOME: server.home,
  });
  expect(code).toBe(0);
  expect(stdout).toContain(`**${answer}**`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Markdown' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`gait-${week}-payments.md`);
  await page.getByRole('link', { name: 'Week before' }).click();
  await expect(page).not.toHaveURL(new RegExp(week));
  await expect(page.getByRole('link', { name: 'Week after' })).toBeVisible();
});

test('the chart says in words what it draws, and the report is saved as PDF: from the page as by the command', async ({
  page,
  home,
  server,
}) => {
  const reports = await new ReportsPage(page).open(home);
  await reports.ofTeam('Payments');
  await reports.openLatest();
  await expect(reports.chart).toHaveAccessibleName(
    /^\d+ lanes at the end of \d{4}-W\d{2}, .*Bug fixes: gear (run|walk|crawl); score/,
  );
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'PDF' }).click(),
  ]);
  const week = /\d{4}-W\d{2}/.exec(page.url())?.[0] ?? '';
  expect(download.suggestedFilename()).toBe(`gait-${week}-payments.pdf`);
  const folder = mkdtempSync(join(tmpdir(), 'gait-pdf-'));
  try {
    const file = join(folder, 'report.pdf');
    const asked = await runGait(['report', '--week', week, '--team', 'payments', '--pdf', file], {
      GAIT_HOME: server.home,
    });
    expect(asked).toMatchObject({ code: 0, stdout: `Wrote the report of ${week} to ${file}.\n` });
    // Its links name the address of whoever wrote it; the command and the server may each know another.
    const [one, other] = [readFileSync(await download.path()), readFileSync(file)];
    for (const pdf of [one, other]) expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(Math.abs(one.length - other.length)).toBeLessThan(2000);
    const nowhere = join(folder, 'none', 'report.pdf');
    expect(
      await runGait(['report', '--week', week, '--pdf', nowhere], { GAIT_HOME: server.home }),
    ).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`${nowhere} cannot be written`),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('on paper the page is light and without the navigation, also from a dark screen', async ({
  page,
  home,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const reports = await new ReportsPage(page).open(home);
  await reports.openLatest();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(page.getByRole('link', { name: 'PDF' })).toBeHidden();
  await expect(reports.chart).toBeVisible();
});

test('a week that is not over, and one that there is not, are said in one sentence', async ({ server }) => {
  const asked = (week: string) => runGait(['report', '--week', week], { GAIT_HOME: server.home });
  expect(await asked('2099-W01')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('2099-W01 is not over yet'),
  });
  expect(await asked('2026-W54')).toMatchObject({ code: 2, stderr: expect.stringContaining('2026-W47') });
});
