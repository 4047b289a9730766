import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startServer } from '@/e2e/fixtures/server';
import { figure, type Section } from '../figures';
import { median, megabytes, readable } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';
import { profiled, startGait } from '../setup/gait';
import { residentBytes } from '../setup/memory';
import { type BenchOrganisation, cookieOf, createBenchOrganisation } from '../setup/organisation';
import { pollUntilOk } from '../setup/poll';

const IDLE_MS = 5_000;
type Start = { live: number; page: number };
type Idle = { before: number; after: number };

async function install(): Promise<{ home: string; organisation: BenchOrganisation }> {
  const gait = await startGait({});
  const organisation = await createBenchOrganisation('Memory');
  await pollUntilOk(`${gait.server.url}/${organisation.slug}`, { cookie: cookieOf(organisation) });
  const { home } = gait.server;
  await gait.leave();
  return { home, organisation };
}

/** Seconds from the making of the process to its first good answers. */
async function measureStart(home: string, organisation: BenchOrganisation): Promise<Start> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const startedAt = performance.now();
  const since = () => (performance.now() - startedAt) / 1000;
  const live = pollUntilOk(`${url}/api/health/live`).then(since);
  const page = pollUntilOk(`${url}/${organisation.slug}`, { cookie: cookieOf(organisation) }).then(since);
  const [server, liveAt, pageAt] = await Promise.all([startServer({ home, port }), live, page]);
  await server.stop();
  return { live: liveAt, page: pageAt };
}

/** Megabytes of a server that nobody asks anything but whether it lives. */
async function measureIdle(
  home: string,
  organisation: BenchOrganisation,
  env: Record<string, string>,
): Promise<Idle> {
  const server = await startServer({ home, env });
  await sleep(IDLE_MS);
  const before = megabytes(residentBytes(server.pid));
  await pollUntilOk(`${server.url}/${organisation.slug}`, { cookie: cookieOf(organisation) });
  await sleep(IDLE_MS);
  const after = megabytes(residentBytes(server.pid));
  await server.stop();
  return { before, after };
}

async function repeat<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (let i = 0; i < times; i += 1) found.push(await work());
  return found;
}

export async function benchMemory({ quick, profile }: Options): Promise<Section> {
  const { home, organisation } = await install();
  try {
    const starts = await repeat(quick ? 3 : 7, () => measureStart(home, organisation));
    const live = starts.map((start) => start.live);
    const page = starts.map((start) => start.page);
    say(`memory: first answers after ${readable(median(live))} s and ${readable(median(page))} s`);
    const idles = await repeat(quick ? 1 : 3, () =>
      measureIdle(home, organisation, profiled(profile, 'idle')),
    );
    const before = idles.map((idle) => idle.before);
    const after = idles.map((idle) => idle.after);
    say(`memory: idle ${readable(median(before))} MB, after a page ${readable(median(after))} MB`);
    const spread = (values: readonly number[]) =>
      `median of ${values.length}, ${readable(Math.min(...values))} to ${readable(Math.max(...values))}`;
    return {
      title: 'Start and memory',
      how: 'a migrated install with its own PostgreSQL: `node dist/gait.mjs start` until the first 200 (asked every 10 ms); RSS of the server process alone, five seconds after it was ready, and after its first page',
      figures: [
        figure('First 200 of /api/health/live', median(live), 's', { most: 2 }, spread(live)),
        figure('First 200 of a signed-in page', median(page), 's', { most: 2 }, spread(page)),
        figure('Idle memory, before the first page', median(before), 'MB', { most: 190 }, spread(before)),
        figure('Idle memory, after the first page', median(after), 'MB', { most: 190 }, spread(after)),
      ],
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
