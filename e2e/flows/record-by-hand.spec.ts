import { anIncident, aTask, cleanTasks, daysAgo, send } from '../fixtures/evidence';
import { expect, test } from '../fixtures/gait';
import { AgentsPage } from '../pages/agents-page';
import { IncidentsPage } from '../pages/incidents-page';
import { LanePage } from '../pages/lane-page';
import { OverviewPage } from '../pages/overview-page';
import { RecordPage } from '../pages/record-page';
import { errorOf } from '../pages/screen';
import { TaskPage } from '../pages/task-page';
import { TokensPage } from '../pages/tokens-page';

test.use({ world: 'by hand' });

const shop = { Team: 'Shop', Agent: 'codex', Requester: 'rita' };

test('a task, its review and an incident, recorded by hand, end up in the lane', async ({ page, home }) => {
  const record = await new RecordPage(page).open(home);
  const ref = 'by-hand:1';

  await record.record('A task', {
    ...shop,
    Title: 'Test the cart',
    Reference: ref,
    State: 'Open',
    'Kind of work': 'Tests',
  });
  await expect(record.answer('A task')).toHaveText(`Recorded ${ref}.`);

  await record.record('A review', { 'Reference of the task': ref, Reviewer: 'ana', Verdict: 'Approved' });
  await expect(record.answer('A review')).toHaveText(`Recorded the review of ${ref}.`);

  const open = await new TaskPage(page).open(home, ref);
  await expect(open.worth).toContainText('Not decided yet');
  await expect(open.worth).toContainText('It counts once it is merged or closed.');
  await expect(open.worth).not.toContainText('It is not decided yet');

  await record.open(home);
  await record.record('A task', { ...shop, Title: 'Test the cart', Reference: ref, State: 'Merged' });
  await record.change('A task');
  await expect(record.answer('A task')).toHaveText(`Recorded ${ref}.`);
  const task = await new TaskPage(page).open(home, ref);
  await expect(task.worth).toContainText('Approved unchanged');
  await expect(task.reviews).toContainText('Independent: ana is a person');
  await expect(task.events.filter({ hasText: 'ana approved' })).toContainText('entered by hand by Owner');
  await expect(task.main).not.toContainText('known to Gait since');

  await record.open(home);
  await record.record('An incident', {
    'What happened': 'Prices were wrong',
    Reference: 'by-hand:outage',
    Severity: 'SEV2: takes the lane one gear down',
    'Task it came from': ref,
  });
  await expect(record.answer('An incident')).toHaveText(
    'Recorded by-hand:outage. Charged to Shop · Tests: it stays in crawl, and the task counts as 5 failures.',
  );
  await task.open(home, ref);
  await expect(task.worth).toContainText('0');
  await expect(task.incidents).toContainText('Prices were wrong');
  await expect(task.incidents).toContainText('Charged to Shop · Tests');
  const incidents = await new IncidentsPage(page).open(home);
  await expect(incidents.incident('Prices were wrong')).toContainText('Confirmed');
});

test('a reviewed task is recorded in one go, on the days it happened', async ({ page, home }) => {
  const record = await new RecordPage(page).open(home);
  await record.record('A task', {
    ...shop,
    Title: 'Explain refunds',
    Reference: 'by-hand:3',
    State: 'Merged',
    'Kind of work': 'Docs',
    'Opened on': '2026-09-01',
    'Decided on': '2026-09-03',
    'Reviewed by': 'ana',
    'Their verdict': 'Approved',
  });
  await expect(record.answer('A task')).toHaveText('Recorded by-hand:3.');
  const task = await new TaskPage(page).open(home, 'by-hand:3');
  await expect(task.worth).toContainText('Approved unchanged');
  await expect(task.worth).toContainText('counted');
  await expect(task.facts).toContainText('3 Sept');
  await expect(task.events.first()).toContainText('entered by hand by Owner · known to Gait since');
});

test('a review typed in after the merge counts when it says that it was given before', async ({
  page,
  home,
}) => {
  const record = await new RecordPage(page).open(home);
  const ref = 'by-hand:late';
  await record.record('A task', {
    ...shop,
    Title: 'Round prices',
    Reference: ref,
    State: 'Merged',
    'Opened on': '2026-09-01',
    'Decided on': '2026-09-03',
  });
  await expect(record.answer('A task')).toHaveText(`Recorded ${ref}.`);
  const review = { 'Reference of the task': ref, Reviewer: 'ana', Verdict: 'Approved' };
  await record.record('A review', review);
  await expect(record.answer('A review')).toContainText('It came after the merge, so it does not count');
  const task = await new TaskPage(page).open(home, ref);
  await expect(task.reviews).toContainText('It came after the merge, so it does not count');
  await expect(task.worth).toContainText('Unreviewed');

  await record.open(home);
  await record.record('A review', { ...review, 'Given at': '2026-09-02T15:30' });
  await expect(record.answer('A review')).toHaveText(`Recorded the review of ${ref}.`);
  await task.open(home, ref);
  await expect(task.worth).toContainText('Approved unchanged');
});

test('what is wrong is said next to the field, and what was typed stays', async ({ page, home }) => {
  const record = await new RecordPage(page).open(home);
  await record.record('A task', {
    ...shop,
    Title: '   ',
    Reference: 'by-hand:2',
    State: 'Closed unmerged',
    'Kind of work': 'Docs',
    Address: 'ftp://example.com/change',
  });
  await expect(record.answer('A task')).toContainText('Not saved yet');
  expect(await errorOf(record.field('A task', 'Title'))).toBe('Say what the task is.');
  expect(await errorOf(record.field('A task', 'Address'))).toBe('Give an http or https address.');
  expect(await errorOf(record.field('A task', 'Reference'))).toBe('');
  await expect(record.field('A task', 'Reference')).toHaveValue('by-hand:2');
  await expect(record.field('A task', 'State')).toHaveValue('closed');
  await expect(record.field('A task', 'Kind of work')).toHaveValue('docs');
  await expect(record.field('A task', 'Agent')).toHaveValue('codex');
  await expect(record.field('A task', 'Address')).toHaveValue('ftp://example.com/change');

  await record.record('A task', { Title: 'Explain the cart', Address: 'https://example.com/change' });
  await expect(record.answer('A task')).toHaveText('Recorded by-hand:2.');
  const task = await new TaskPage(page).open(home, 'by-hand:2');
  await expect(task.worth).toContainText('Rejected');
});

test('a reference that is taken or unknown is refused, and says by whom it is taken', async ({
  page,
  home,
}) => {
  const record = await new RecordPage(page).open(home);
  const ref = 'by-hand:taken';
  await record.record('A task', { ...shop, Title: 'Ours', Reference: ref, State: 'Merged' });
  await expect(record.answer('A task')).toHaveText(`Recorded ${ref}.`);
  await record.open(home);
  await record.record('A task', { ...shop, Team: 'Thieves', Title: 'Theirs', Reference: ref, State: 'Open' });
  await expect(record.answer('A task')).toContainText('Not saved');
  expect(await errorOf(record.field('A task', 'Reference'))).toBe(
    '“Ours” of Shop has this reference already. Open that task',
  );
  await record.part('A task').getByRole('link', { name: 'Open that task' }).click();
  const task = new TaskPage(page);
  await expect(task.headline).toContainText('Ours');
  await expect(task.facts).toContainText('Shop');

  await record.open(home);
  await record.record('A review', { 'Reference of the task': 'by-hand:nobody', Reviewer: 'ana' });
  await expect(record.answer('A review')).toContainText('Not saved');
  expect(await errorOf(record.field('A review', 'Reference of the task'))).toContain(
    'No task with this reference is known yet.',
  );
});

test('a suggested link waits for a person; only a confirmed one is charged', async ({
  page,
  home,
  server,
}) => {
  const token = await (await new TokensPage(page).open(home)).make('suggestions');
  const tasks = cleanTasks(2, { team: 'Orders', from: daysAgo(30), first: 100 });
  const [guilty, innocent] = tasks.map(({ ref }) => ref);
  const suggest = (ref: string, title: string, task = '') =>
    anIncident(ref)
      .at(daysAgo(1))
      .opened('SEV3', { title, team: 'Orders' })
      .linkedTo(task, 'suggested', { confidence: 0.8 });
  await send(server.url, token, [
    ...tasks,
    suggest('pagerduty:A', 'Orders are lost', guilty),
    suggest('pagerduty:B', 'A disk is full', innocent),
  ]);

  const incidents = await new IncidentsPage(page).open(home);
  await expect(incidents.headline).toHaveText('2 incidents wait for your word.');
  await expect(incidents.incident('Orders are lost')).toContainText('80 % sure');
  await expect(incidents.incident('Orders are lost')).toContainText(
    'Confirming counts as 2 failures in Orders · Tests, which is in crawl.',
  );
  await incidents.answer('Orders are lost', 'Confirm');
  await expect(incidents.told('Orders are lost')).toHaveText(
    'Confirmed. Charged to Orders · Tests: it stays in crawl, and the task counts as 2 failures.',
  );
  await incidents.answer('A disk is full', 'Not related');
  await expect(incidents.incident('A disk is full')).toContainText('Not related');
  await expect(incidents.headline).toHaveText('No link waits for your word.');

  const task = await new TaskPage(page).open(home, guilty ?? '');
  await expect(task.incidents).toContainText('Charged to Orders · Tests');
  await task.open(home, innocent ?? '');
  await expect(task.main).not.toContainText('Charged to');
  await expect(task.worth).toContainText('Approved unchanged');
  const lane = await new LanePage(page).open(home, 'orders', 'tests');
  await expect(lane.evidence.filter({ hasText: guilty ?? '' })).toContainText('SEV3');
  await expect(lane.main).toContainText('2 tasks counted, 1 not clean');
});

test('a confirmed link is undone with a reason, and one found to be unrelated is confirmed after all', async ({
  page,
  home,
  server,
}) => {
  const token = await (await new TokensPage(page).open(home)).make('undoing');
  const [story] = cleanTasks(1, { team: 'Billing', from: daysAgo(30), first: 500 });
  if (!story) throw new Error('There is no story.');
  const title = 'Invoices go out twice';
  const incident = anIncident('pagerduty:C')
    .at(daysAgo(1))
    .opened('SEV1', { title, team: 'Orders' })
    .linkedTo(story.ref);
  await send(server.url, token, [story, incident]);

  const incidents = await new IncidentsPage(page).open(home);
  await incidents.answer(title, 'Confirm');
  await expect(incidents.told(title)).toContainText(
    'the task counts as 10 failures. That is the lane of the task; the incident’s own team is ',
  );
  await expect(incidents.incident(title)).toContainText('Charged to Billing · Tests, the lane of the task');
  const reason = 'The mail provider sent them twice.';
  await incidents.undo(title, reason);
  await expect(incidents.told(title)).toHaveText(
    'Undone. No longer charged to Billing · Tests: it stays in crawl.',
  );
  await expect(incidents.incident(title)).toContainText('Not related');
  const task = await new TaskPage(page).open(home, story.ref);
  await expect(task.worth).toContainText('1');
  await expect(task.events.filter({ hasText: `rejected by Owner: ${reason}` })).toContainText(
    'entered by hand by Owner',
  );
  const lane = await new LanePage(page).open(home, 'billing', 'tests');
  await expect(lane.main).toContainText('1 task counted, 0 not clean');

  await incidents.open(home);
  await incidents.confirmAfterAll(title);
  await expect(incidents.told(title)).toContainText('Confirmed. Charged to Billing · Tests');
  await expect(incidents.incident(title)).not.toContainText('Not related');
  await task.open(home, story.ref);
  await task.incidents.getByText('Undo', { exact: true }).click();
  await task.incidents.getByLabel('Reason').fill('It was us after all, but elsewhere.');
  await task.incidents.getByRole('button', { name: 'Undo the link' }).click();
  await expect(task.incidents.getByRole('status')).toContainText('Undone.');
  await expect(task.worth).toContainText('Approved unchanged');
});

test('a wrong kind of work is changed with a reason, which stays in the record', async ({
  page,
  home,
  server,
}) => {
  const token = await (await new TokensPage(page).open(home)).make('sorting');
  const [story] = cleanTasks(1, { team: 'Kiosk', from: daysAgo(30), first: 200 });
  if (!story) throw new Error('There is no story.');
  await send(server.url, token, [story]);
  const task = await new TaskPage(page).open(home, story.ref);
  await task.changeKindOfWork('Docs', 'It only changes the manual.');
  await expect(task.facts).toContainText('Kiosk · Docs');
  await expect(task.events.first()).toContainText('received from token sorting · known to Gait since');
  await expect(task.events.filter({ hasText: 'It only changes the manual.' })).toHaveCount(1);
  const overview = await new OverviewPage(page).open(home);
  await expect(overview.lane('Kiosk', 'Docs')).toBeVisible();
});

test('a shadow agent is named on the overview, and gets a sponsor', async ({ page, home, server }) => {
  const token = await (await new TokensPage(page).open(home)).make('agents');
  const story = aTask('github:acme/shop#300')
    .at(daysAgo(2))
    .openedBy('night-owl', { title: 'Sweep the logs', team: 'Shop' });
  await send(server.url, token, [story]);
  const overview = await new OverviewPage(page).open(home);
  await expect(overview.main).toContainText('night-owl');
  const agents = await new AgentsPage(page).open(home);
  await expect(agents.agent('night-owl')).toContainText('Nobody answers for it.');
  await agents.register('night-owl', 'Owner');
  await expect(agents.agent('night-owl')).toContainText('Sponsor: Owner');
  await expect(agents.agent('night-owl')).toContainText('active');
});

test('a merged task without an agent is not called undecided: it says why it is not counted', async ({
  page,
  home,
  server,
}) => {
  const token = await (await new TokensPage(page).open(home)).make('no agent');
  const story = aTask('github:acme/shop#400')
    .at(daysAgo(2))
    .openedBy(null, { title: 'Fix it by hand', team: 'Shop' })
    .approvedBy('ana')
    .merged('lena');
  await send(server.url, token, [story]);
  const task = await new TaskPage(page).open(home, story.ref);
  await expect(task.worth).toContainText('Merged');
  await expect(task.worth).toContainText('Not counted');
  await expect(task.worth).toContainText('No agent was named, so it is not counted as the work of one.');
  await expect(task.worth).not.toContainText('decided');
  await page.goto(`${home}/tasks?q=${encodeURIComponent(story.ref)}`);
  await expect(task.main.getByRole('row').filter({ hasText: story.ref })).toContainText('Not counted');
});

test('a revoked token stops working at once', async ({ page, home, server }) => {
  const tokens = await new TokensPage(page).open(home);
  const token = await tokens.make('short-lived');
  const read = () =>
    fetch(`${server.url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body: '{}',
    });
  expect((await read()).status).toBe(422);
  await page.reload();
  await tokens.revoke('short-lived');
  await expect(tokens.rows.filter({ hasText: 'short-lived' })).toContainText('revoked');
  expect((await read()).status).toBe(401);
});
