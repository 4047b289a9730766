import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { reportFigure, sized } from '@/lib/testing/soak';
import { aTask, daysAgo } from './fixtures/evidence';
import { residentMiB } from './fixtures/memory';
import { dispose } from './fixtures/server';
import { type Ask, asking } from './security/ask';
import { buildWorld, type World } from './security/world';

/** A day at the office, for half an hour: CI that reports, people who look, agents that ask, and some who get it wrong. */

const seconds = sized({ small: 15, full: 30 * 60 });
/** Until then the server may still be growing into its work. */
const WARM = 1 / 4;
const MOST_GROWTH = 1.1;
/** Of all requests: told to come back, on a machine that others keep busy, too. */
const MOST_PUT_OFF = 0.01;

let world: World;
let ask: Ask;
let close = () => {};

test.beforeAll(async () => {
  test.setTimeout(90_000);
  world = await buildWorld();
  ({ ask, close } = asking(world.server.url));
});
test.afterAll(async () => {
  close();
  await world.close();
  await dispose(world.server);
});

type Deed = { what: string; everyMs: number; expected: number; do: (turn: number) => ReturnType<Ask> };

function deeds(): Deed[] {
  const { people, bearers, slug, things } = world;
  const cookie = people.find(({ who }) => who === 'owner')?.cookie ?? '';
  const token = (scope: string) => `Bearer ${bearers.find(({ who }) => who === scope)?.secret}`;
  const page = (path: string) => () => ask('GET', `/${slug}${path}`, { headers: { cookie } });
  const post = (body: string, authorization = token('events:write')) =>
    ask('POST', '/api/v1/events', {
      headers: { authorization, 'content-type': 'application/cloudevents-batch+json' },
      body,
    });
  const read = (path: string) => () => ask('GET', path, { headers: { authorization: token('read') } });
  return [
    { what: 'evidence', everyMs: 150, expected: 200, do: (turn) => post(batch(turn)) },
    {
      what: 'evidence sent again',
      everyMs: 600,
      expected: 200,
      do: (turn) => post(batch(Math.floor(turn / 2))),
    },
    {
      what: 'evidence that is wrong',
      everyMs: 900,
      expected: 422,
      do: () => post('[{"specversion":"1.0"}]'),
    },
    { what: 'evidence of nobody', everyMs: 30_000, expected: 401, do: () => post('[]', 'Bearer nothing') },
    { what: 'the overview', everyMs: 700, expected: 200, do: page('') },
    { what: 'tasks', everyMs: 900, expected: 200, do: page('/tasks') },
    { what: 'a lane', everyMs: 1_100, expected: 200, do: page('/lanes/payments/tests') },
    { what: 'decisions', everyMs: 1_700, expected: 200, do: page('/decisions') },
    { what: 'the audit log', everyMs: 2_300, expected: 200, do: page('/audit') },
    { what: 'a report', everyMs: 2_900, expected: 200, do: page(`/reports/${things.week}`) },
    { what: 'lanes, for an agent', everyMs: 300, expected: 200, do: read('/api/v1/lanes') },
    { what: 'tasks, for an agent', everyMs: 500, expected: 200, do: read('/api/v1/tasks') },
  ];
}

const middleOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Three tasks from beginning to end; of a few repositories and lanes, as in an organisation. */
function batch(turn: number): string {
  const stories = [0, 1, 2].map((index) => {
    const number = turn * 3 + index;
    return aTask(`github:acme/steady#${number}`)
      .at(daysAgo(30) + number * 1_000)
      .openedBy('codex', {
        team: `Team ${number % 7}`,
        category: 'tests',
        repository: `acme/steady-${number % 11}`,
      })
      .approvedBy('ana')
      .merged('lena');
  });
  return JSON.stringify(
    stories.flatMap(({ events }) =>
      events.map(({ type, source, id, at, data }) => ({
        specversion: '1.0',
        type,
        source,
        id,
        time: new Date(at).toISOString(),
        data,
      })),
    ),
  );
}

test('everything at once, for long: each request is answered as it should be, and memory stays flat', {
  tag: '@soak',
}, async () => {
  test.setTimeout(60_000 + seconds * 1_500);
  const until = performance.now() + seconds * 1_000;
  const memory: number[] = [];
  const wrong: string[] = [];
  let requests = 0;
  let putOff = 0;
  const repeat = async (everyMs: number, what: (turn: number) => Promise<void>) => {
    for (let turn = 0; performance.now() < until; turn += 1) {
      await what(turn);
      await sleep(everyMs);
    }
  };
  await Promise.all([
    repeat(1_000, async () => void memory.push(residentMiB(world.server.pid))),
    ...deeds().map((deed) =>
      repeat(deed.everyMs, async (turn) => {
        requests += 1;
        const said = await deed.do(turn).catch((error: unknown) => ({ status: 0, body: String(error) }));
        if (said.status === 503 && 'headers' in said && said.headers['retry-after']) putOff += 1;
        else if (said.status !== deed.expected)
          wrong.push(`${deed.what}, ${turn}: ${said.status} ${said.body.slice(0, 200)}`);
      }),
    ),
  ]);
  const warm = memory.slice(Math.floor(memory.length * WARM));
  const third = Math.ceil(warm.length / 3);
  const [first, last] = [middleOf(warm.slice(0, third)), middleOf(warm.slice(-third))];
  const simulation = 'Mixed load';
  const size = `${requests} requests in ${seconds} s; ${Math.round(first)} MiB, at the end ${Math.round(last)} MiB`;
  reportFigure({ simulation, figure: 'wrong answers', value: wrong.length, target: { most: 0 }, size });
  const share = Number((putOff / requests).toFixed(4));
  reportFigure({
    simulation,
    figure: 'requests told to come back, of all',
    value: share,
    target: { most: MOST_PUT_OFF },
    size,
  });
  // A few seconds say nothing of memory.
  const target = sized({ small: null, full: { most: MOST_GROWTH } });
  reportFigure({
    simulation,
    figure: 'memory at the end, of that at first',
    value: Number((last / first).toFixed(3)),
    target,
    size,
  });
  expect(wrong).toEqual([]);
  expect(share).toBeLessThanOrEqual(MOST_PUT_OFF);
  if (target) expect(last / first).toBeLessThanOrEqual(target.most);
});
