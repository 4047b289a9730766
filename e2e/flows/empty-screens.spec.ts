import { expectAccessible } from '../fixtures/accessible';
import { expect, test } from '../fixtures/gait';

test.use({ world: 'empty', trace: { mode: 'retain-on-failure', snapshots: false } });

/** What an empty screen says, and the step that it names next. */
const screens = [
  { path: '', says: 'No evidence yet.', next: 'Make a token' },
  { path: '/decisions', says: 'Nothing to decide', next: 'Overview' },
  { path: '/lanes', says: 'No lane yet', next: 'Send evidence' },
  { path: '/tasks', says: 'No task yet', next: 'Record one by hand' },
  { path: '/incidents', says: 'Nothing has broken yet', next: 'Overview' },
  { path: '/agents', says: 'No agent is known', next: 'Overview' },
  { path: '/settings/tokens', says: 'No token yet', next: 'Overview' },
  { path: '/settings/sample', says: 'There is no sample data here.', next: 'To the overview' },
];

test('the settings open, and lead to each of their pages', async ({ page, home }) => {
  for (const [link, heading] of [
    ['People', /^1 person, 1 owner\.$/],
    ['Sign-in', /sign in|Sign-in/i],
    ['Tokens', /token/i],
  ] as const) {
    await page.goto(`${home}/settings`);
    await expect(page).toHaveTitle('Settings · Gait');
    await page.getByRole('main').getByRole('link', { name: link, exact: true }).click();
    await expect(page).toHaveURL(/\/settings\/\w/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
  }
});

for (const { path, says, next } of screens) {
  test(`/[org]${path} says that it is empty, and what comes next`, async ({ page, home }) => {
    await page.goto(`${home}${path}`);
    await expect(page.getByRole('main')).toContainText(says);
    await expect(page.getByRole('link', { name: next }).first()).toBeVisible();
    await expectAccessible(page);
  });
}
