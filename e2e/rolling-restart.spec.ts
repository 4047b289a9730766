import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '@/lib/platform/postgres/embedded';
import { reportFigure, sized } from '@/lib/testing/soak';
import { type Balancer, startBalancer } from './fixtures/balancer';
import { freePort, runGait, type Server, startServer, temporaryHome } from './fixtures/server';

/** Three servers behind a load balancer, each restarted in turn under a steady load, as docs/operating.md says. */

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const size = sized({
  small: { rounds: 1, readers: 1, senders: 3, pauseMs: 10 },
  full: { rounds: 5, readers: 4, senders: 4, pauseMs: 10 },
});

type Load = { asked: number; sent: string[]; failures: string[]; stop(): Promise<void> };

const anEvent = (id: string) => ({
  specversion: '1.0',
  type: 'dev.gait.task.opened.v1',
  source: 'rolling',
  id,
  time: new Date(Date.now() - 3_600_000).toISOString(),
  data: { task: { ref: `rolling#${id}`, title: 'Add a test', team: 'Payments' } },
});

/** Readers and senders, one request of each at a time. Whatever is not answered as it should be is a failure. */
function aLoad({ url }: Balancer, token: string): Load {
  const load: Load = { asked: 0, sent: [], failures: [], stop };
  let isOver = false;
  const ask = async (path: string, expected: number, init: RequestInit = {}) => {
    load.asked += 1;
    try {
      const answer = await fetch(url + path, init);
      const text = await answer.text();
      if (answer.status !== expected) load.failures.push(`${path}: ${answer.status} ${text.slice(0, 300)}`);
    } catch (error) {
      load.failures.push(`${path}: ${error instanceof Error ? `${error.message} ${error.cause}` : error}`);
    }
  };
  const authorization = `Bearer ${token}`;
  const again = async (work: (turn: number) => Promise<void>) => {
    for (let turn = 0; !isOver; turn += 1) {
      await work(turn);
      await sleep(size.pauseMs);
    }
  };
  const read = (turn: number) =>
    turn % 2 === 0 ? ask('/api/v1/lanes', 200, { headers: { authorization } }) : ask('/login', 200);
  const send = (sender: number) => (turn: number) => {
    const id = `${sender}-${turn}`;
    load.sent.push(id);
    const headers = { authorization, 'content-type': 'application/cloudevents+json' };
    return ask('/api/v1/events', 200, { method: 'POST', headers, body: JSON.stringify(anEvent(id)) });
  };
  const working = [
    ...Array.from({ length: size.readers }, () => again(read)),
    ...Array.from({ length: size.senders }, (_, sender) => again(send(sender))),
  ];
  async function stop() {
    isOver = true;
    await Promise.all(working);
  }
  return load;
}

test('three servers are restarted in turn, and no request fails', async () => {
  test.setTimeout(sized({ small: 480_000, full: 900_000 }));
  const home = temporaryHome();
  const postgres = await startEmbeddedPostgres({ home, say: () => undefined, log: silent });
  const db = new Client({ connectionString: postgres.databaseUrl });
  await db.connect();
  const env = {
    DATABASE_URL: postgres.databaseUrl,
    AUTH_SECRET: 'one secret for all replicas, long enough',
    GAIT_PROXIES: '1',
    GAIT_DRAIN_SECONDS: '3',
  };
  const servers: Server[] = [];
  let balancer: Balancer | undefined;
  let load: Load | undefined;
  try {
    for (let place = 0; place < 3; place += 1)
      servers.push(await startServer({ port: await freePort(), env }));
    balancer = await startBalancer(servers.map(({ url }) => url));
    const made = await runGait(['token', 'create', 'ci', '--json'], env);
    load = aLoad(balancer, (JSON.parse(made.stdout) as { secret: string }).secret);
    const { uses } = balancer;
    for (let round = 0; round < size.rounds; round += 1)
      for (const [place, { url, home: its }] of servers.entries()) {
        await expect.poll(() => uses(url), { timeout: 30_000 }).toBe(true);
        const { code, stderr } = await (servers[place] as Server).stop();
        expect(code, stderr).toBe(0);
        servers[place] = await startServer({ home: its, port: Number(new URL(url).port), env });
      }
    for (const { url } of servers) await expect.poll(() => uses(url), { timeout: 30_000 }).toBe(true);
    await load.stop();

    const { rows } = await db.query<{ id: string }>(`SELECT id FROM event WHERE source = 'rolling'`);
    const { asked, sent, failures } = load;
    const restarts = `${size.rounds * servers.length} restarts, ${asked} requests`;
    const about = { simulation: 'Rolling restart', size: restarts, target: { most: 0 } };
    reportFigure({ ...about, figure: 'failed requests', value: failures.length });
    reportFigure({ ...about, figure: 'events lost or doubled', value: Math.abs(sent.length - rows.length) });
    expect(failures).toEqual([]);
    expect(rows.map(({ id }) => id).sort()).toEqual([...sent].sort());
  } finally {
    await load?.stop();
    await balancer?.close();
    for (const server of servers) {
      await server.stop();
      rmSync(server.home, { recursive: true, force: true });
    }
    await db.end();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
