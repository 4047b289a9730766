import { slugOf } from '@/lib/domain/slug';
import { anIncident, aTask, cleanTasks, daysAgo, send } from '../fixtures/evidence';
import { expect, test } from '../fixtures/gait';
import { TaskPage } from '../pages/task-page';
import { TokensPage } from '../pages/tokens-page';

test.use({ world: 'user text', viewport: { width: 390, height: 844 } });

const script = '<img src=x onerror="window.__ran=1"><script>window.__ran=1</script>';
const texts = {
  long: `${'Supercalifragilistic'.repeat(49)} and the end of it`.slice(0, 1000),
  words: 'cover the empty cart and '.repeat(40).slice(0, 1000),
  emoji: `${'👩‍👩‍👧‍👦🏳️‍🌈🇩🇪'.repeat(20)} family`,
  rightToLeft: 'إضافة اختبارات لسلة التسوق (#12) — עגלה ריקה',
  html: `${script} &amp; <b>bold</b> {{7*7}} \${7*7}`,
  override: '\u202Egnp.exe\u202C then left again',
} as const;

/** The beginning of a text; no character is cut in two. */
const cut = (text: string, most: number) => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');

/** Of what names somebody or something, what is seen: the door refuses the rest. */
const named = (text: string, most: number) => cut(text.replaceAll(/[\u202A-\u202E]/g, ''), most);

const longName = 'x'.repeat(100);

const screens = [
  '',
  '/lanes',
  '/tasks',
  '/incidents',
  '/agents',
  '/decisions',
  '/record',
  '/settings/tokens',
  `/teams/${slugOf(longName)}`,
  `/lanes/${slugOf(longName)}/tests`,
];

test('text of any length, direction and look stays text, and inside the screen', async ({
  page,
  home,
  server,
}) => {
  test.setTimeout(60_000);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const token = await (await new TokensPage(page).open(home)).make(script.slice(0, 100));
  const tasks = Object.entries(texts).map(([key, title]) =>
    aTask(`github:acme/${'long-name-'.repeat(25)}${key}#1`)
      .at(daysAgo(3))
      .openedBy(`agent-${script}`, {
        title,
        team: key === 'long' ? longName : named(title, 100),
        labels: [cut(title, 200)],
        repository: named(title, 200),
        headSha: 'f'.repeat(100),
        requester: { login: `rita ${named(title, 190)}`, kind: 'human' },
      })
      .after({ hours: 1 })
      .approvedBy(named(title, 200))
      .merged(),
  );
  const incidents = tasks.map(({ ref }, index) =>
    anIncident(`pagerduty:${'y'.repeat(200)}${index}`)
      .at(daysAgo(2))
      .opened('SEV3', { title: Object.values(texts)[index] ?? '', team: longName })
      .linkedTo(ref, 'suggested', { confidence: 0.5 }),
  );
  const proven = cleanTasks(20, { team: longName, from: daysAgo(60), agent: longName });
  await send(server.url, token, [...tasks, ...incidents, ...proven]);

  const expectContained = async (address: string) => {
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(widest, `${address} is wider than the screen`).toBeLessThanOrEqual(390);
    expect(await page.evaluate(() => '__ran' in window), `${address} ran a script`).toBe(false);
  };
  for (const path of screens) {
    const response = await page.goto(`${home}${path}`);
    expect(response?.status(), path).toBe(200);
    await expectContained(path);
  }
  const decision = await (await page.request.get(`${home}/decisions`)).text();
  await page.goto(/\/[^"]*\/decisions\/[0-9a-f-]{36}/.exec(decision)?.[0] ?? 'no decision');
  await expectContained('the decision');
  for (const [index, title] of Object.values(texts).entries()) {
    const task = await new TaskPage(page).open(home, tasks[index]?.ref ?? '');
    await expect(task.headline).toHaveText(title.replace(/\s+/g, ' ').trim());
    await expect(task.incidents).toHaveCount(1);
    expect(await page.title()).toMatch(/^[^\u202A-\u202E\u2066-\u2069]+ · Gait$/);
    await expectContained(`the task ${title.slice(0, 20)}`);
  }
  expect(dialogs).toEqual([]);
});
