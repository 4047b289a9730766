import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { reportFigure, sized } from '@/lib/testing/soak';
import { inDatabase } from './fixtures/database';
import { cleanTasks, daysAgo, send } from './fixtures/evidence';
import { dispose, runGait, type Server, startServer, temporaryHome } from './fixtures/server';

/** Backup, restore and verify, by the commands, while a server takes evidence. */

const clients = 4;
const tasksPerRequest = 10;

type Load = {
  /** Tasks that the server has said it took. */
  acknowledged: Set<string>;
  finish(): Promise<void>;
};

function startLoad(url: string, token: string): Load {
  const acknowledged = new Set<string>();
  let goesOn = true;
  const running = Array.from({ length: clients }, async (_, client) => {
    for (let request = 0; goesOn; request += 1) {
      const first = (client + 1) * 1_000_000 + request * tasksPerRequest;
      const from = daysAgo(60);
      const tasks = cleanTasks(tasksPerRequest, { team: `Team ${client}`, from, every: 60_000, first });
      await send(url, token, tasks);
      for (let number = first; number < first + tasksPerRequest; number += 1)
        acknowledged.add(`github:acme/shop#${number}`);
    }
  });
  // Who waits for the end hears of a failure.
  const done = Promise.all(running);
  done.catch(() => {});
  return {
    acknowledged,
    finish: async () => {
      goesOn = false;
      await done;
    },
  };
}

/** What a command says on stdout. On a busy machine it may be told to come back, and does. */
async function gait(args: readonly string[], home: string, tries = 5): Promise<string> {
  const { code, stdout, stderr } = await runGait(args, { GAIT_HOME: home });
  if (code === 3 && tries > 1 && stderr.includes('Try again shortly')) return gait(args, home, tries - 1);
  expect(code, `gait ${args.join(' ')}: ${stdout}${stderr}`).toBe(0);
  return stdout;
}

const tasksIn = (home: string): Promise<Set<string>> =>
  inDatabase(home, async (client) => {
    const { rows } = await client.query<{ ref: string }>(
      `SELECT task_ref AS ref FROM event WHERE type = 'dev.gait.task.merged.v1'`,
    );
    return new Set(rows.map(({ ref }) => ref));
  });

test('a backup taken while evidence comes in restores, verifies, and holds all that was acknowledged before it', {
  tag: '@soak',
}, async () => {
  const rounds = sized({ small: 1, full: 10 });
  test.setTimeout(120_000 + rounds * 240_000);
  const server = await startServer({ kind: sized({ small: 'start', full: 'demo' }) });
  const token = (await gait(['token', 'create', 'backup'], server.home)).trim();
  const load = startLoad(server.url, token);
  const folder = temporaryHome();
  let [verified, lost, taken] = [0, 0, 0];
  let restored: Server | undefined;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const atLeast = load.acknowledged.size + 1;
      await expect.poll(() => load.acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(atLeast);
      const before = [...load.acknowledged];
      const file = join(folder, `${round}.backup`);
      await gait(['backup', file], server.home);

      const home = temporaryHome();
      copyFileSync(join(server.home, 'auth-secret'), join(home, 'auth-secret'));
      const said = JSON.parse(await gait(['restore', file, '--json'], home));
      expect(said.logs).toEqual([expect.objectContaining({ problem: null })]);
      restored = await startServer({ home });
      const tasks = await tasksIn(home);
      lost += before.filter((ref) => !tasks.has(ref)).length;
      taken = tasks.size;
      expect(JSON.parse(await gait(['rebuild', '--json'], home))).toMatchObject({ equal: true });
      await gait(['audit', 'export', join(home, 'audit.ndjson')], home);
      expect(await gait(['audit', 'verify', join(home, 'audit.ndjson')], home)).toContain('none missing');
      // The restored one works: the same token, and evidence that goes on.
      await send(restored.url, token, cleanTasks(1, { team: 'Team 0', from: daysAgo(1), first: 1 }));
      await dispose(restored);
      rmSync(file);
      verified += 1;
    }
    await load.finish();
  } finally {
    await dispose(server);
    if (restored !== undefined && existsSync(restored.home)) await dispose(restored);
    rmSync(folder, { recursive: true });
  }
  const size = `${rounds} rounds, ${taken} tasks in the last`;
  const simulation = 'Backup and restore under load';
  reportFigure({
    simulation,
    figure: 'rounds that verify',
    value: verified,
    target: { least: rounds },
    size,
  });
  reportFigure({ simulation, figure: 'acknowledged tasks lost', value: lost, target: { most: 0 }, size });
  expect(lost).toBe(0);
});

test('what cannot be backed up or restored is said in one sentence, and leaves nothing behind', async () => {
  test.setTimeout(120_000);
  const home = temporaryHome();
  const folder = temporaryHome();
  const file = join(folder, 'gait.backup');
  const never = await runGait(['backup', file], { GAIT_HOME: home });
  expect(never).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(
      /^There is nothing to back up: Gait was never started on this database\.\n$/,
    ),
  });
  expect(readdirSync(folder)).toEqual([]);
  const missing = await runGait(['restore', file], { GAIT_HOME: home });
  expect(missing).toMatchObject({ code: 3, stderr: `There is no file ${file}.\n` });
  for (const path of [home, folder]) rmSync(path, { recursive: true });
});
