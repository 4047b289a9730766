import { aTask, send } from '../fixtures/evidence';
import { expect, test } from '../fixtures/gait';
import { TaskPage } from '../pages/task-page';
import { TokensPage } from '../pages/tokens-page';

test.use({ world: 'strange' });

test('what does not exist is answered as not found, with its status', async ({ page, home }) => {
  for (const path of ['/teams/nope', '/lanes/nope/docs', '/tasks/nope', '/tasks/%00', '/lanes/a/%00']) {
    const response = await page.goto(`${home}${path}`);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText('There is nothing here.');
    await expect(page, path).toHaveTitle('Not found · Gait');
  }
});

test('a filter that means nothing is left out', async ({ page, home }) => {
  for (const query of ['q=%00', 'agent=%00', 'week=2026-13-45', 'week=abc', 'state=__proto__']) {
    const response = await page.goto(`${home}/tasks?${query}`);
    expect(response?.status(), query).toBe(200);
    await expect(page.getByRole('heading', { level: 1 }), query).toContainText('What agents did');
  }
});

test('a cursor that somebody typed is left out, and the page shows its first rows', async ({
  page,
  home,
  server,
}) => {
  const token = await (await new TokensPage(page).open(home)).make('cursor');
  await send(server.url, token, [aTask('cursor#1').openedBy('codex', { team: 'Payments' }).merged('lena')]);
  for (const cursor of ['abc', '%00', 'W10=']) {
    const response = await page.goto(`${home}/tasks?cursor=${cursor}`);
    expect(response?.status(), cursor).toBe(200);
    await expect(page.getByRole('row').filter({ hasText: 'cursor#1' }), cursor).toHaveCount(1);
  }
});

test('an address that does not decode is refused in words', async ({ request, home }) => {
  const response = await request.get(`${home}/tasks/%E0%A4%A`);
  expect(response.status()).toBe(400);
  expect(await response.text()).toContain('not well-formed');
});

test('a reference may hold any character that an address must encode', async ({ page, home, server }) => {
  const token = await (await new TokensPage(page).open(home)).make('strange');
  for (const ref of ['100%', '50%25', 'x/y z?#%', '~p~%~~']) {
    await send(server.url, token, [aTask(ref).openedBy('codex', { team: 'Payments' }).merged('lena')]);
    await expect((await new TaskPage(page).open(home, ref)).worth).toBeVisible();
  }
});
