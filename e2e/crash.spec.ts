import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { reportFigure, sized } from '@/lib/testing/soak';
import { inDatabase } from './fixtures/database';
import { dispose, runGait, type Server, startServer } from './fixtures/server';

/** What was acknowledged stays, whatever is killed: real processes, killed while evidence comes in. */

const clients = 5;
const tasksPerRequest = 6;

type Sent = { id: string; status: 'accepted' | 'duplicate' | 'rejected' };

type Ingest = {
  /** Ids of all events that some answer said were taken. */
  acknowledged: Set<string>;
  /** How often an event was said to be new. */
  accepted: Map<string, number>;
  /** Status of every answer; 0 = there was none. */
  statuses: Map<number, number>;
  /** Sends no new requests, and waits until those under way were acknowledged. */
  finish(): Promise<void>;
};

async function tokenOf(server: Server): Promise<string> {
  const made = await runGait(['token', 'create', 'crash', '--json'], { GAIT_HOME: server.home });
  return (JSON.parse(made.stdout) as { secret: string }).secret;
}

/** The events of one request: tasks that are opened, approved and merged; each second one is also sent by another client. */
function eventsOf(client: number, request: number): object[] {
  return Array.from({ length: tasksPerRequest }, (_, index) => {
    const sender = index % 2 === 0 ? client : Math.min(client, (client + 1) % clients);
    const ref = `task ${sender}/${request}/${index}`;
    const start = Date.now() - 40 * 86_400_000 - index * 3_600_000;
    const events = [
      [
        'task.opened',
        {
          task: {
            ref,
            team: `Team ${index % 3}`,
            category: 'tests',
            agent: { key: 'codex' },
            requester: { login: 'rita' },
          },
        },
      ],
      [
        'review.submitted',
        {
          task: { ref },
          review: { ref: `${ref}/review`, reviewer: { login: 'ana', kind: 'human' }, verdict: 'approved' },
        },
      ],
      ['task.merged', { task: { ref }, by: { login: 'ana', kind: 'human' } }],
    ] as const;
    return events.map(([type, data], step) => ({
      specversion: '1.0',
      source: 'crash',
      id: `${ref}/${type}`,
      type: `dev.gait.${type}.v1`,
      time: new Date(Math.floor(start / 1000) * 1000 + step * 60_000).toISOString(),
      data,
    }));
  }).flat();
}

function startIngest(url: string, token: string): Ingest {
  const ingest = {
    acknowledged: new Set<string>(),
    accepted: new Map<string, number>(),
    statuses: new Map<number, number>(),
  };
  let goesOn = true;
  const send = async (body: string): Promise<boolean> => {
    const answer = await fetch(`${url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
      body,
      signal: AbortSignal.timeout(15_000),
    })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => ({ status: 0, text: '' }));
    ingest.statuses.set(answer.status, (ingest.statuses.get(answer.status) ?? 0) + 1);
    if (answer.status !== 200) return false;
    for (const { id, status } of (JSON.parse(answer.text) as { items: Sent[] }).items) {
      if (status !== 'rejected') ingest.acknowledged.add(id);
      if (status === 'accepted') ingest.accepted.set(id, (ingest.accepted.get(id) ?? 0) + 1);
    }
    return true;
  };
  const running = Array.from({ length: clients }, async (_, client) => {
    for (let request = 0; goesOn; request += 1) {
      const body = JSON.stringify(eventsOf(client, request));
      while (!(await send(body))) await sleep(50);
    }
  });
  return {
    ...ingest,
    finish: async () => {
      goesOn = false;
      await Promise.all(running);
    },
  };
}

/** Everything acknowledged is in the record exactly once, everything is folded, and a rebuild finds it equal. */
async function expectNothingLost(
  { home }: Server,
  { acknowledged, accepted }: Ingest,
  kills: { of: string; count: number },
): Promise<void> {
  const stored = await inDatabase(home, async (client) => {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM event WHERE source = 'crash'`);
    return rows.map(({ id }) => id);
  });
  const kept = new Set(stored);
  const lost = [...acknowledged].filter((id) => !kept.has(id));
  const doubled = [...accepted].filter(([, times]) => times > 1);
  const size = `${kills.count} kills, ${acknowledged.size} acknowledged events`;
  const simulation = `Kills of the ${kills.of}`;
  reportFigure({
    simulation,
    figure: 'acknowledged events lost',
    value: lost.length,
    target: { most: 0 },
    size,
  });
  reportFigure({
    simulation,
    figure: 'events accepted twice',
    value: doubled.length,
    target: { most: 0 },
    size,
  });
  expect(stored.length).toBe(kept.size);
  expect(lost).toEqual([]);
  expect(doubled).toEqual([]);
  await expect
    .poll(
      () =>
        inDatabase(home, async (client) => {
          const { rows } = await client.query(
            'SELECT (SELECT count(*)::int FROM projection_work) AS work, (SELECT count(*)::int FROM lane_due WHERE dirty_from IS NOT NULL) AS lanes',
          );
          return rows[0];
        }),
      { timeout: 30_000 },
    )
    .toEqual({ work: 0, lanes: 0 });
  const tasks = await inDatabase(home, async (client) => (await client.query('SELECT FROM task')).rowCount);
  expect(tasks).toBe(stored.length / 3);
  const rebuilt = await runGait(['rebuild', '--json'], { GAIT_HOME: home });
  expect(JSON.parse(rebuilt.stdout)).toMatchObject({
    equal: true,
    tables: { task: { before: tasks, after: tasks } },
  });
}

/** A moment that no schedule of the server's own can avoid. */
const randomMoment = (from: number, to: number) => sleep(from + Math.random() * (to - from));

const soak = { tag: '@soak' };

test(
  'a server that is killed again and again while evidence comes in loses nothing it has acknowledged',
  soak,
  async () => {
    const kills = sized({ small: 20, full: 100 });
    test.setTimeout(60_000 + kills * 10_000);
    let server = await startServer();
    const { home } = server;
    const port = Number(new URL(server.url).port);
    const ingest = startIngest(server.url, await tokenOf(server));
    for (let kill = 0; kill < kills; kill += 1) {
      await randomMoment(100, 600);
      await server.kill9();
      server = await startServer({ home, port });
    }
    await ingest.finish();
    expect([...ingest.statuses.keys()].filter((status) => ![0, 200, 503].includes(status))).toEqual([]);
    expect(ingest.acknowledged.size).toBeGreaterThan(500);
    await expectNothingLost(server, ingest, { of: 'server', count: kills });
    await dispose(server);
  },
);

test(
  'while the database is killed and comes back the server says 503, recovers by itself and loses nothing',
  soak,
  async () => {
    const kills = sized({ small: 2, full: 50 });
    test.setTimeout(100_000 + kills * 15_000);
    const server = await startServer();
    const ingest = startIngest(server.url, await tokenOf(server));
    for (let kill = 0; kill < kills; kill += 1) {
      const taken = ingest.statuses.get(200) ?? 0;
      await expect.poll(() => ingest.statuses.get(200) ?? 0, { timeout: 30_000 }).toBeGreaterThan(taken + 5);
      await randomMoment(0, 300);
      const pid = Number(
        readFileSync(join(server.home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
      );
      process.kill(pid, 'SIGKILL');
      await sleep(300);
    }
    const taken = ingest.statuses.get(200) ?? 0;
    await expect.poll(() => ingest.statuses.get(200) ?? 0, { timeout: 30_000 }).toBeGreaterThan(taken + 5);
    await ingest.finish();
    expect([...ingest.statuses.keys()].sort()).toEqual([200, 503]);
    await expectNothingLost(server, ingest, { of: 'database', count: kills });
    await dispose(server);
  },
);
