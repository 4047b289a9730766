import { expect, test } from '../fixtures/gait';
import { DecisionsPage } from '../pages/decisions-page';
import { IncidentsPage } from '../pages/incidents-page';
import { errorOf } from '../pages/screen';
import { TaskPage } from '../pages/task-page';

/** What a person did is answered where they did it. */

test.use({ world: 'deeds' });

test('the lists of the past are turned page by page, each on its own', async ({ page, home }) => {
  const decisions = await new DecisionsPage(page).open(home);
  await expect(decisions.moves).toHaveCount(10);
  const first = await decisions.moves.first().textContent();
  const closed = await decisions.closed.first().textContent();
  await decisions.older('Pages of the gear log');
  await expect(decisions.moves.first()).not.toHaveText(first ?? '');
  const second = await decisions.moves.first().textContent();
  await expect(decisions.closed.first()).toHaveText(closed ?? '');
  await decisions.older('Pages of the gear log');
  await expect(decisions.moves.first()).not.toHaveText(second ?? '');
  await decisions.newest('Pages of the gear log');
  await expect(decisions.moves.first()).toHaveText(first ?? '');
});

test('a decision in the list is answered in its place, in short, and the log has it at once', async ({
  page,
  home,
}) => {
  const decisions = await new DecisionsPage(page).open(home);
  const accepted = decisions.card('Mobile, Refactors: crawl to walk');
  const logged = await decisions.moves.first().textContent();
  await accepted.decide('Accept');
  await expect(accepted.standing).toContainText('Accepted');
  await expect(accepted.decision).toBeFocused();
  expect(await accepted.height()).toBeLessThan(180);
  await expect(decisions.headline).toHaveText('2 decisions wait.');
  await expect(decisions.moves.first()).not.toHaveText(logged ?? '');
  await expect(decisions.moves.first()).toContainText('Mobile · Refactors');
});

test('who agrees first is told that another person has to', async ({ page, home }) => {
  const decisions = await new DecisionsPage(page).open(home);
  const agreed = decisions.card('Search, Dependencies: walk to run');
  await expect(agreed.standing).toHaveText('2 people have to agree.');
  await agreed.decide('Accept');
  await expect(agreed.standing).toContainText(/^Dana Reyes agreed .*; 1 more person has to\.$/);
  await expect(agreed.decision).toBeFocused();
});

test('declining without a reason leads to the field that wants it', async ({ page, home }) => {
  const decisions = await new DecisionsPage(page).open(home);
  const declined = decisions.card('Payments, Bug fixes: walk to run');
  await declined.decide('Decline');
  await expect(declined.reason).toBeFocused();
  expect(await errorOf(declined.reason)).toBe('Say why you decline, so that others understand.');
  await page.keyboard.type('Not before the audit.');
  await declined.decide('Decline');
  await expect(declined.standing).toContainText('Declined');
  await expect(declined.standing).toContainText('Not before the audit.');
  await expect(declined.decision).toBeFocused();
});

test('after a link was confirmed the focus stays with it', async ({ page, home }) => {
  const incidents = await new IncidentsPage(page).open(home);
  const link = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Confirm' }) });
  const task = await link.first().getByRole('link').textContent();
  await expect(link.first()).toContainText(/Confirming .* (as|adds|charges) /);
  await link.first().getByRole('button', { name: 'Confirm' }).press('Enter');
  const confirmed = incidents.main
    .getByRole('listitem')
    .filter({ hasText: task ?? '' })
    .first();
  await expect(confirmed.getByRole('status')).toHaveText(/^Confirmed\. Charged to /);
  await expect(confirmed.locator(':focus')).toHaveCount(1);
});

test('on the task that a link names, too, the focus stays in the page', async ({ page, home }) => {
  await new IncidentsPage(page).open(home);
  const link = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Confirm' }) });
  await link.first().getByRole('link').click();
  await page.waitForURL(/\/tasks\//);
  const task = new TaskPage(page);
  await task.incidents.getByRole('button', { name: 'Confirm' }).press('Enter');
  await expect(task.incidents.getByRole('status')).toHaveText(/^Confirmed\. Charged to /);
  await expect(task.incidents.locator(':focus')).toHaveCount(1);
});
