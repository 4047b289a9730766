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

for (const { path, says, next } of screens) {
  test(`/[org]${path} says that it is empty, and what comes next`, async ({ page, home }) => {
    await page.goto(`${home}${path}`);
    await expect(page.getByRole('main')).toContainText(says);
    await expect(page.getByRole('link', { name: next }).first()).toBeVisible();
    await expectAccessible(page);
  });
}
