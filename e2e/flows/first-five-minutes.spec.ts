import { expect, nobody, test } from '../fixtures/gait';
import { DecisionsPage } from '../pages/decisions-page';
import { Frame } from '../pages/frame';
import { SignInPage } from '../pages/sign-in-page';

test.use({ world: 'first minutes', storageState: nobody });

const thisYear = new Date().getUTCFullYear();

test('the demo opens a populated overview, leads to the evidence, and gives way to an own organisation', async ({
  page,
  server,
}) => {
  test.setTimeout(60_000);
  const overview = await (await new SignInPage(page).open(server.link)).signIn();
  const home = overview.path();
  const frame = new Frame(page);

  await test.step('eight teams, what waits, and that nothing of it is real', async () => {
    await expect(overview.headline).toContainText(
      /^\d+ decisions? waits?\. \d+ of \d+ lanes runs?, \d+ walks?;/,
    );
    await expect(overview.teams).toHaveCount(8);
    await expect(overview.main).toContainText(/covers \d+ % of [\d,]+ decided agent tasks/);
    await expect(frame.sampleBanner).toContainText('Everything here is invented');
    const waiting = Number(/^\d+/.exec((await overview.headline.textContent()) ?? '')?.[0]);
    await expect(overview.waiting).toHaveCount(waiting);
    await expect(page.getByRole('link', { name: 'Decisions' }).first()).toContainText(String(waiting));
  });

  await test.step('from a lane to its chart, its table, a task and the events behind it', async () => {
    const lane = await overview.openLane('Payments', 'Tests');
    await expect(lane.headline).toContainText('Run.');
    await expect(lane.chart).toHaveAccessibleName(/^Trust over \d+ weeks: score now \.\d\d/);
    await expect(lane.chart.locator('svg').first()).toBeVisible();
    for (const year of [thisYear - 1, thisYear]) await expect(lane.chart).toContainText(String(year));
    for (const pillar of ['Trust', 'Governance', 'Context']) await expect(lane.part(pillar)).toBeVisible();
    const table = await lane.viewAsTable();
    expect(await table.getByRole('row').count()).toBeGreaterThan(10);
    await expect(table.getByRole('columnheader').first()).toHaveText('Week of (UTC)');
    await expect(lane.moves).not.toHaveCount(0);
    const title = (await lane.evidence.nth(1).getByRole('link').textContent()) ?? '';
    const task = await lane.openTask();
    await expect(task.headline).toHaveText(title);
    await expect(task.facts).toContainText('Payments · Tests');
    expect(await task.events.count()).toBeGreaterThan(1);
    const raw = await task.unfold(task.events.first());
    await expect(raw).toContainText('"ref": "github:northwind/');
  });

  await test.step('the decisions say why, and what happened before', async () => {
    const decisions = await new DecisionsPage(page).open(home);
    await expect(decisions.headline).toContainText(/^\d+ decisions? waits?\.$/);
    await expect(decisions.main).toContainText(/Proven at least \.\d+ from \d+ tasks that matured/);
    await expect(decisions.moves).not.toHaveCount(0);
  });

  await test.step('the sample is removed by typing the name of the own organisation', async () => {
    const sample = await frame.removeSample();
    await sample.button.click();
    await expect(sample.name).toBeFocused();
    expect(sample.path()).toBe(`${home}/settings/sample`);
    const own = await sample.removeAndBegin('Acme & Söhne');
    await expect(own.headline).toHaveText('No evidence yet.');
    expect(decodeURIComponent(own.path())).toBe('/acme-söhne');
    await expect(frame.sampleBanner).toHaveCount(0);
    await expect(page.getByRole('banner')).toContainText('Acme & Söhne');
    expect((await page.goto(home))?.status()).toBe(404);
  });
});
