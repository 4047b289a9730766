import { expect, test } from '@playwright/test';
import { reportFigure, sized } from '@/lib/testing/soak';
import { fuzzed } from './fixtures/fuzz';
import { residentMiB } from './fixtures/memory';
import { dispose } from './fixtures/server';
import { type Ask, asking, inParallel } from './security/ask';
import { buildWorld, provision, type World } from './security/world';

/**
 * Whatever is sent, Gait answers, and never that something is wrong with Gait. To replay: GAIT_FUZZ_SEED is the seed that a run has
 * printed, GAIT_FUZZ_ONLY the number of one request.
 */

const count = sized({ small: 1_500, full: 50_000 });
const seed = Number(process.env.GAIT_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const only = process.env.GAIT_FUZZ_ONLY;
const numbers = only === undefined ? Array.from({ length: count }, (_, number) => number) : [Number(only)];
/** What a directory is told of what Gait does not do (RFC 7644 §3.12), and what anybody is told who must come back later. */
const HONEST = new Set([501, 503]);
const MOST_MIB = 400;

let world: World;
let ask: Ask;
let close = () => {};

test.beforeAll(async () => {
  test.setTimeout(90_000);
  world = await buildWorld();
  ({ ask, close } = asking(world.server.url));
  Object.assign(world.things, await provision(ask, world.bearers));
});
test.afterAll(async () => {
  close();
  await world.close();
  await dispose(world.server);
});

/** Lines of the log that tell of a fault. */
const faults = () =>
  world.server
    .output()
    .split('\n')
    .filter((line) => /^\{"level":(50|60)/.test(line));

test('requests and forms of all kinds, right and wrong: no fault, no crash, no growing memory', {
  tag: '@soak',
}, async () => {
  test.setTimeout(60_000 + count * 100);
  process.stdout.write(`fuzz: GAIT_FUZZ_SEED=${seed}\n`);
  const before = residentMiB(world.server.pid);
  const statuses = new Map<number, number>();
  const wrong: string[] = [];
  await inParallel(numbers, async (number) => {
    const { what, method, path, headers, body } = fuzzed(world, seed, number);
    const said = await ask(method, path, { headers, ...(body && { body }) }).catch((error: unknown) => ({
      status: 0,
      body: String(error),
    }));
    statuses.set(said.status, (statuses.get(said.status) ?? 0) + 1);
    if (said.status === 0 || (said.status >= 500 && !HONEST.has(said.status)))
      wrong.push(
        `${number}: ${method} ${path.slice(0, 100)} (${what}): ${said.status} ${said.body.slice(0, 150)}`,
      );
  });
  const grown = Math.round(residentMiB(world.server.pid) - before);
  const of = (status: number) => statuses.get(status) ?? 0;
  const spread = [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, times]) => `${status} × ${times}`)
    .join(', ');
  const figure = { simulation: 'Fuzzing', size: `${numbers.length} requests with seed ${seed}: ${spread}` };
  reportFigure({
    ...figure,
    figure: 'answers of 500 and more, or none',
    value: wrong.length,
    target: { most: 0 },
  });
  reportFigure({ ...figure, figure: 'answers 503, busy', value: of(503), target: null });
  reportFigure({
    ...figure,
    figure: 'memory more than before in MiB',
    value: grown,
    target: { most: MOST_MIB },
  });
  expect(wrong).toEqual([]);
  expect(faults()).toEqual([]);
  expect((await ask('GET', '/api/health/ready')).status).toBe(200);
  expect(grown).toBeLessThanOrEqual(MOST_MIB);
});
