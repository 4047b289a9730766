import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../fixtures/accessible';
import { expect, test } from '../fixtures/gait';
import { runGait } from '../fixtures/server';
import { AuditPage } from '../pages/audit-page';
import { errorOf } from '../pages/screen';
import { TokensPage } from '../pages/tokens-page';

test.use({ world: 'audit', trace: { mode: 'retain-on-failure', snapshots: false } });

test('who did what stands in the log, with what changed and what proves it', async ({ page, home }) => {
  await (await new TokensPage(page).open(home)).make('build server');
  const audit = await new AuditPage(page).open(home);
  const made = audit.entries.filter({ hasText: 'made the token build server' }).first();
  await expect(made).toContainText('Owner');
  await made.getByText('What changed').click();
  for (const told of ['token.created', 'token:', 'events:write', 'owner link'])
    await expect(made).toContainText(told);
  await expectAccessible(page);
});

test('the chain is verified on demand, and the headline says when and how far', async ({ page, home }) => {
  const audit = await new AuditPage(page).open(home);
  await audit.verify();
  await expect(audit.standing).toContainText('none missing, none changed');
  await expect(audit.headline).toHaveText(/^\d+ entries, (all verified|verified) just now/);
});

test('filters narrow the list and stand in the address; files hold the same', async ({ page, home }) => {
  const audit = await new AuditPage(page).open(home);
  const all = await audit.entries.count();
  await audit.filter({ 'What was done': 'session.started', Who: 'own' });
  await expect(page).toHaveURL(/act=session.started/);
  await expect(audit.entries).not.toHaveCount(all);
  const count = await audit.entries.count();
  const lines = (await audit.file('NDJSON')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).entry.act)).toEqual(Array(count).fill('session.started'));
  const csv = await audit.file('CSV');
  expect(csv.trim().split('\r\n')).toHaveLength(count + 1);
  expect(csv).toMatch(/^\ufeffseq,at,actor,/);
  await audit.filter({ 'To (UTC)': '2020-01-01' });
  await expect(audit.main).toContainText('No entry is like that.');
  await expectAccessible(page);
});

test('the whole record is verified offline by the command, and a change in it is found', async ({
  page,
  home,
  server,
}, info) => {
  const audit = await new AuditPage(page).open(home);
  await expect
    .poll(async () => {
      await page.reload();
      return audit.standing.textContent();
    })
    .toContain('signed');
  const record = await audit.file('Whole record');
  const nowhere = await runGait(['audit', 'export', join(server.home, 'none', 'x')], {
    GAIT_HOME: server.home,
  });
  expect(nowhere).toMatchObject({ code: 3, stderr: expect.stringMatching(/^.* cannot be written: .*\n$/) });
  const file = info.outputPath('audit.ndjson');
  writeFileSync(file, record);
  const sound = await runGait(['audit', 'verify', file]);
  expect(sound, sound.stderr).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('none missing, none changed'),
  });
  writeFileSync(file, record.replace('organisation.created', 'organisation.founded'));
  const changed = await runGait(['audit', 'verify', file, '--json']);
  expect(changed.code).toBe(1);
  expect(JSON.parse(changed.stdout)).toMatchObject({
    ok: false,
    problem: { code: 'changed', line: 2, seq: 1 },
  });
  const exported = info.outputPath('exported.ndjson');
  const wrote = await runGait(['audit', 'export', exported], { GAIT_HOME: server.home });
  expect(wrote, wrote.stderr).toMatchObject({ code: 0 });
  const key = await audit.key();
  expect((await runGait(['audit', 'verify', exported, '--key', key])).code).toBe(0);
  expect((await runGait(['audit', 'verify', join(server.home, 'nothing')])).code).toBe(3);
  expect((await runGait(['audit', 'verify', exported, '--key', 'nonsense'])).code).toBe(2);
  expect((await runGait(['audit', 'verify', server.home])).code).toBe(3);
});

test('an address inside the own network is refused at its field; a public one is kept', async ({
  page,
  home,
}) => {
  const audit = await new AuditPage(page).open(home);
  const input = await audit.sendCheckpointsTo('https://169.254.169.254/latest');
  await expect.poll(() => errorOf(input)).toContain('not on the public internet');
  await expectAccessible(page);
  await input.fill('https://log.gait.invalid/checkpoints');
  await audit.standing.getByRole('button', { name: 'Save the address' }).click();
  await expect(audit.standing).toContainText('nothing has arrived yet');
  await expect(audit.entries.first()).toContainText('set where checkpoints are sent');
  await expect
    .poll(async () => {
      await page.reload();
      return audit.standing.textContent();
    })
    .toContain('cannot be reached');
});

test('the API gives entries to tokens that may read the audit log, and to no others', async ({
  server,
  request,
}) => {
  const tokenOf = async (scopes: string) => {
    const made = await runGait(['token', 'create', scopes, '--scopes', scopes, '--json'], {
      GAIT_HOME: server.home,
    });
    return (JSON.parse(made.stdout) as { secret: string }).secret;
  };
  const ask = async (token: string, query = '') =>
    request.get(`${server.url}/api/v1/audit${query}`, {
      headers: { authorization: `Bearer ${token}`, cookie: '' },
    });
  expect((await ask(await tokenOf('read'))).status()).toBe(403);
  const reader = await tokenOf('audit:read');
  const answer = await ask(reader, '?after=1&limit=2');
  expect(answer.headers()).toMatchObject({
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store',
  });
  expect(Number(answer.headers()['x-total'])).toBeGreaterThan(3);
  const lines = (await answer.text()).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).entry.seq)).toEqual([2, 3]);
  expect((await ask(reader, '?limit=0')).status()).toBe(400);
  expect((await ask(reader, '?unknown=1')).status()).toBe(400);
  expect((await request.get(`${server.url}/api/v1/audit`)).status()).toBe(401);
});

test('a log whose end was cut off is not called verified; an owner takes note, and it is signed again', async ({
  page,
  home,
  server,
}) => {
  const { inDatabase } = await import('../fixtures/database');
  const signed = () =>
    inDatabase(server.home, async (client) => {
      const { rows } = await client.query<{ first: number; last: number }>(
        'SELECT min(size)::int AS first, max(size)::int AS last FROM audit_checkpoint',
      );
      return rows[0] ?? { first: 0, last: 0 };
    });
  // The keeper signs soon after the start; what is to be cut off comes afterwards.
  await expect.poll(async () => (await signed()).last).toBeGreaterThan(0);
  for (const name of ['before the cut', 'just before the cut'])
    await (await new TokensPage(page).open(home)).make(name);
  const audit = await new AuditPage(page).open(home);
  // The keeper signs at most once a minute; the export signs at once.
  const exported = await runGait(['audit', 'export', test.info().outputPath('whole.ndjson')], {
    GAIT_HOME: server.home,
  });
  expect(exported, exported.stderr).toMatchObject({ code: 0 });
  const { first, last } = await signed();
  expect(last).toBeGreaterThan(first + 1);
  await inDatabase(server.home, (client) =>
    client.query(`SET session_replication_role = replica;
      DELETE FROM audit WHERE seq > ${first}; DELETE FROM audit_checkpoint WHERE size > ${first};
      UPDATE audit_head h SET size = c.size, hash = c.hash, peaks = c.peaks FROM audit_checkpoint c WHERE c.org_id = h.org_id`),
  );
  await audit.verify();
  await expect(audit.standing).toContainText('The end of the audit log is missing');
  await page.reload();
  await expect(audit.alarm).toContainText(`but the log ended with entry ${first}`);
  await expect(audit.alarm).toContainText(
    `Entries ${first + 1} ${last === first + 2 ? 'and' : 'to'} ${last} are missing or were replaced.`,
  );
  await expect(audit.headline).toContainText('the log does not match its proof');
  await expectAccessible(page);
  await audit.acknowledge('The disk failed; the backup of Monday was restored.');
  await expect(audit.acknowledged).toContainText('The disk failed');
  await expect(audit.alarm).toHaveCount(0);
  await expect(audit.headline).not.toContainText('did not verify');
  await expect(audit.entries.first()).toContainText('acknowledged an alarm of the audit log');
  await audit.verify();
  await expect(audit.standing).toContainText('none missing, none changed');
  await expectAccessible(page);
});

test('who may not read it is told who can, and gets no file either', async ({ page, home, server }) => {
  const { inDatabase } = await import('../fixtures/database');
  const roleIs = (role: string) =>
    inDatabase(server.home, (client) => client.query(`UPDATE role_grant SET role = '${role}'`));
  await roleIs('member');
  try {
    await page.goto(`${home}/audit`);
    await expect(page.getByRole('main')).toContainText('You may not read it');
    await expectAccessible(page);
    expect((await page.request.get(`${server.url}/api/audit?format=csv`)).status()).toBe(403);
  } finally {
    await roleIs('owner');
  }
});
