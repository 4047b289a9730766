import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { bundled } from './fixtures/bundle';
import { inDatabase } from './fixtures/database';
import { dispose, environment, node, runGait, startServer } from './fixtures/server';

/** Deeds of four processes at once, sixteen at a time, while they, their connections and the database are killed. */

const kills = 47;
const processes = 4;

test('47 kills during concurrent writes leave no gap and no broken link', async () => {
  test.setTimeout(300_000);
  const server = await startServer();
  const { home } = server;
  const { databaseUrl } = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as { databaseUrl: string };
  const orgId = await inDatabase(home, async (client) => {
    const { rows } = await client.query<{ org_id: string }>('SELECT org_id FROM organisation');
    return rows[0]?.org_id ?? '';
  });
  const writer = await bundled('audit-writer');
  const said: string[] = [];

  const startWriter = (): ChildProcess => {
    const child = spawn(node, [writer, orgId, '4'], {
      env: environment({ DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: '4', LOG_LEVEL: 'silent' }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const index = said.push('') - 1;
    child.stdout?.on('data', (text) => {
      said[index] += text;
    });
    return child;
  };
  const kill9 = async (child: ChildProcess | undefined) => {
    const closed = new Promise((resolve) => child?.once('close', resolve));
    if (child?.kill('SIGKILL')) await closed;
  };
  /** A connection of a writer: the database forgets it, or its server process dies and the database recovers as after a crash. */
  const killConnection = async (how: 'politely' | 'by force') => {
    const pids = await inDatabase(home, async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        `SELECT pid, ${how === 'politely' ? 'pg_terminate_backend(pid)' : 'true'} FROM pg_stat_activity
         WHERE application_name = 'gait' AND state <> 'idle' LIMIT 3`,
      );
      return rows.map(({ pid }) => pid);
    }).catch(() => []);
    if (how === 'by force' && pids[0] !== undefined) process.kill(pids[0], 'SIGKILL');
  };

  const running = Array.from({ length: processes }, startWriter);
  const done = () => said.join('').split('\n').length - 1;
  await expect.poll(done, { timeout: 30_000 }).toBeGreaterThan(50);
  for (let kill = 0; kill < kills; kill += 1) {
    // In the middle of writing: some deeds were done since the last kill.
    const since = done();
    await expect.poll(done, { timeout: 30_000, intervals: [20] }).toBeGreaterThan(since + 4);
    await sleep((kill * 37) % 60);
    if (kill % 12 === 11) await killConnection('by force');
    else if (kill % 3 !== 2) await killConnection('politely');
    else {
      const index = kill % processes;
      await kill9(running[index]);
      running[index] = startWriter();
    }
  }
  const before = done();
  await expect.poll(done, { timeout: 60_000 }).toBeGreaterThan(before + 50);
  await Promise.all(running.map(kill9));

  // A line that was cut off was not said.
  const acknowledged = said.flatMap((text) => text.split('\n').slice(0, -1));
  const rows = await inDatabase(home, async (client) => {
    const { rows: entries } = await client.query<{ seq: number; target: string }>(
      'SELECT seq::int, target FROM audit ORDER BY seq',
    );
    return entries;
  });
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  const targets = new Set(rows.map(({ target }) => target));
  expect(acknowledged.length).toBeGreaterThan(200);
  expect(acknowledged.filter((target) => !targets.has(target))).toEqual([]);
  const file = test.info().outputPath('audit.ndjson');
  const exported = await runGait(['audit', 'export', file], { GAIT_HOME: home });
  expect(exported, exported.stderr).toMatchObject({ code: 0 });
  const verified = await runGait(['audit', 'verify', file, '--json']);
  const report = JSON.parse(verified.stdout) as { ok: boolean; to: number; signedTo: number };
  expect(report).toMatchObject({ ok: true, problem: null });
  expect(report.to).toBeGreaterThanOrEqual(rows.length);
  expect(report.signedTo).toBe(report.to);
  const { rows: alarms } = await inDatabase(home, (client) => client.query('SELECT code FROM audit_alarm'));
  expect(alarms).toEqual([]);
  await dispose(server);
});
