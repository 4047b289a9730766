import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { reportFigure, sized } from '@/lib/testing/soak';
import { type Hostile, honestBatch, hostileBodies } from './fixtures/hostile-bodies';
import { aLoopWatch, type Stall } from './fixtures/loop-watch';
import { dispose } from './fixtures/server';
import { type Ask, asking, type Said } from './security/ask';
import { buildWorld, provision, type World } from './security/world';

/**
 * No request keeps others waiting: measured inside the real server, as what its main thread computes between two turns of the event
 * loop. That is not longer because the machine is busy with something else, which waiting times would be; but it is on a slower one, so
 * the target is asserted by `npm run soak` alone. What no guard stops takes seconds, on any machine.
 */
const TARGET_MS = 200;
const MOST_MS = sized({ small: 3 * TARGET_MS, full: TARGET_MS });

test.describe.configure({ timeout: 240_000 });

let world: World;
let ask: Ask;
let close = () => {};
const folder = mkdtempSync(join(tmpdir(), 'gait-loop-'));
const watch = aLoopWatch(folder);

test.beforeAll(async () => {
  test.setTimeout(90_000);
  world = await buildWorld(watch.env);
  ({ ask, close } = asking(world.server.url));
  Object.assign(world.things, await provision(ask, world.bearers));
});

test.afterAll(async () => {
  close();
  await world.close();
  await dispose(world.server);
  rmSync(folder, { recursive: true });
});

function callerOf({ as }: Hostile): Record<string, string> {
  if (as === 'nobody') return {};
  if (as === 'owner')
    return {
      cookie: world.people.find(({ who }) => who === 'owner')?.cookie ?? '',
      'sec-fetch-site': 'same-origin',
    };
  const scope = as === 'events' ? 'events:write' : as;
  return { authorization: `Bearer ${world.bearers.find(({ who }) => who === scope)?.secret}` };
}

/** Answered only after the loop has turned. A connection that the server has just closed may be met once. */
const turned = () => ask('GET', '/api/health/live').catch(() => ask('GET', '/api/health/live'));

/** @returns the answer, and the longest stall until it came */
async function measured(hostile: Hostile): Promise<{ said: Said; stall: Stall }> {
  const { method = 'GET', path, headers, body } = hostile;
  const made = body?.();
  await turned();
  watch.worst();
  const said = await ask(method, path, {
    headers: { ...callerOf(hostile), ...headers },
    ...(made !== undefined && { body: made }),
  }).catch((error: unknown) => ({ status: 0, headers: {}, body: String(error) }));
  await turned();
  return { said, stall: watch.worst() };
}

/** Gait answers before megabytes have come that it will not read, and closes the connection: who is still sending may lose the answer. */
const isClosedUnderIt = ({ status, body }: Said) => status === 0 && /EPIPE|ECONNRESET/.test(body);

const told = ({ busyMs, wallMs }: Stall) =>
  `${Math.round(busyMs)} ms (${Math.round(wallMs)} ms by the clock)`;

test('no body, query or header keeps the event loop from turning, and each is refused', {
  tag: '@soak',
}, async () => {
  const wrong: string[] = [];
  let worst = 0;
  const hostile = hostileBodies(world.things);
  // What the server does by itself: below the limit by far, so that what is above it comes from the request.
  const quiet = await measured({ name: 'nothing', path: '/api/health/live', as: 'nobody', status: [200] });
  expect(quiet.stall.busyMs).toBeLessThan(MOST_MS);
  for (const one of hostile) {
    const first = await measured(one);
    // What the request itself costs, it costs again; a collection of garbage that fell into it does not come twice.
    const { said, stall } = first.stall.busyMs > MOST_MS ? await measured(one) : first;
    worst = Math.max(worst, stall.busyMs);
    const name = `${one.method ?? 'GET'} ${one.path.slice(0, 60)}: ${one.name}`;
    if (stall.busyMs > MOST_MS) wrong.push(`${name}: the event loop stood still for ${told(stall)}`);
    if (!one.status.includes(said.status) && !isClosedUnderIt(said))
      wrong.push(`${name}: ${said.status} ${said.body.slice(0, 200)}`);
    if (said.body.length > 20_000_000) wrong.push(`${name}: answered with ${said.body.length} characters`);
  }
  reportFigure({
    simulation: 'Hostile bodies',
    figure: 'longest stall of the event loop in ms',
    value: Math.round(worst),
    target: { most: TARGET_MS },
    size: `${hostile.length} requests`,
  });
  expect(wrong).toEqual([]);
});

test('a full batch of honest events does not, either: new, repeated, or with other data under known ids', {
  tag: '@soak',
}, async () => {
  const batch = honestBatch('honest');
  expect(batch.length).toBeGreaterThan(7.5 * 1024 * 1024);
  const send = {
    name: 'honest',
    method: 'POST',
    path: '/api/v1/events',
    as: 'events',
    status: [200, 422],
  } as const;
  const headers = { 'content-type': 'application/json' };
  const wrong: string[] = [];
  for (const [what, body, status] of [
    ['new', batch, 200],
    ['repeated', batch, 200],
    ['changed', batch.replaceAll('rita', 'ravi'), 422],
  ] as const) {
    const { said, stall } = await measured({ ...send, headers, body: () => body });
    expect([what, said.status]).toEqual([what, status]);
    if (stall.busyMs > MOST_MS) wrong.push(`${what}: the event loop stood still for ${told(stall)}`);
  }
  expect(wrong).toEqual([]);
});
