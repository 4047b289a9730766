import { expectAccessible } from '../fixtures/accessible';
import { inDatabase } from '../fixtures/database';
import { expect, test } from '../fixtures/gait';

test.use({ world: 'failing' });

test('a page that fails says what happened, and is there again at the next try', async ({
  page,
  home,
  server,
}) => {
  const rename = (from: string, to: string) =>
    inDatabase(server.home, (client) => client.query(`ALTER TABLE ${from} RENAME TO ${to}`));
  const headline = page.getByRole('heading', { level: 1 });
  await rename('lane', 'lane_away');
  await page.goto(`${home}/lanes`);
  await expect(headline).toHaveText('This page could not be made.');
  await expect(headline).toBeFocused();
  await expect(page.getByRole('main')).toContainText('Nothing was changed.');
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Tasks' })).toBeVisible();
  await expectAccessible(page, { asItStands: true });

  await rename('lane_away', 'lane');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(headline).toHaveText('0 lanes.');
});
