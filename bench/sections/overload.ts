import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { pastEvidence } from '../evidence/events';
import { type Figure, figure, type Section } from '../figures';
import { newSource } from '../load/run';
import { readable } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';
import { type Gait, profiled, withGait } from '../setup/gait';
import { cookieOf, createBenchOrganisation } from '../setup/organisation';

const POOL_SIZE = 2;
const REQUESTS = 60;
const HELD_MS = 8_000;
/** A request that has no answer by then is counted as having none. */
const PATIENCE_MS = 40_000;

type Ask = () => Promise<Response>;
type Answer = {
  outcome: 'ok' | 'told to come back' | 'broken' | 'no answer';
  status: number;
  seconds: number;
};

async function timed(ask: Ask): Promise<Answer> {
  const startedAt = performance.now();
  const since = () => (performance.now() - startedAt) / 1000;
  try {
    const response = await ask();
    const body = await response.text();
    return { outcome: outcomeOf(response, body), status: response.status, seconds: since() };
  } catch {
    return { outcome: 'no answer', status: 0, seconds: since() };
  }
}

/** A page that has begun with 200 can only say inside it that the rest is missing: React leaves these marks there. */
function outcomeOf({ status, headers }: Response, body: string): Answer['outcome'] {
  const isTorn = body.includes('<!--$!-->') || body.includes('$RX(');
  if (status === 200) return isTorn ? 'broken' : 'ok';
  return status === 503 && headers.has('retry-after') ? 'told to come back' : 'broken';
}

function countsOf(answers: readonly Answer[]): string {
  return [...Map.groupBy(answers, ({ outcome, status }) => `${outcome} (${status})`)]
    .map(([what, some]) => `${some.length} × ${what}`)
    .join(', ');
}

function figuresOf(name: string, answers: readonly Answer[]): Figure[] {
  const slowest = Math.max(...answers.map(({ seconds }) => seconds));
  const clear = answers.filter(({ outcome }) => outcome === 'ok' || outcome === 'told to come back');
  return [
    figure(`${name} while held: slowest answer`, slowest, 's', { most: 3 }, countsOf(answers)),
    figure(
      `${name} while held: done, or told to come back`,
      (clear.length / answers.length) * 100,
      '%',
      { least: 100 },
      '200, or 503 with Retry-After',
    ),
  ];
}

/** Asks every 50 ms. @returns seconds until it answers 200 */
async function secondsUntilOk(ask: Ask): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < PATIENCE_MS) {
    if ((await timed(ask)).outcome === 'ok') return (performance.now() - startedAt) / 1000;
    await sleep(50);
  }
  return Number.NaN;
}

async function hold(databaseUrl: string): Promise<Client> {
  const locker = new Client({ connectionString: databaseUrl });
  await locker.connect();
  await locker.query('BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE');
  return locker;
}

async function measure({ server, databaseUrl }: Gait): Promise<Figure[]> {
  const organisation = await createBenchOrganisation('Overload');
  const next = pastEvidence(newSource(), 120);
  const signal = () => AbortSignal.timeout(PATIENCE_MS);
  const write: Ask = () =>
    fetch(`${server.url}/api/v1/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents+json',
        authorization: `Bearer ${organisation.token}`,
      },
      body: JSON.stringify(next()),
      signal: signal(),
    });
  const read: Ask = () =>
    fetch(`${server.url}/${organisation.slug}`, {
      headers: { cookie: cookieOf(organisation) },
      signal: signal(),
    });
  const live: Ask = () => fetch(`${server.url}/api/health/live`, { signal: signal() });
  if ((await timed(write)).outcome !== 'ok') throw new Error('Not even the first event was recorded.');
  await timed(read);

  const locker = await hold(databaseUrl);
  const releaseAt = sleep(HELD_MS);
  const writes = Array.from({ length: REQUESTS }, () => timed(write));
  await sleep(200);
  const reads = Array.from({ length: 10 }, () => timed(read));
  const lives = await Promise.all(Array.from({ length: 5 }, () => timed(live)));
  await releaseAt;
  await locker.query('ROLLBACK');
  await locker.end();
  const [writeAgain, readAgain] = await Promise.all([secondsUntilOk(write), secondsUntilOk(read)]);
  say(`overload: writes again after ${readable(writeAgain)} s, pages after ${readable(readAgain)} s`);
  return [
    ...figuresOf('Events', await Promise.all(writes)),
    ...figuresOf('Pages', await Promise.all(reads)),
    figure(
      'Health while held',
      Math.max(...lives.map((one) => one.seconds)),
      's',
      { most: 1 },
      countsOf(lives),
    ),
    figure('Events: 200 again after the release', writeAgain, 's', { most: 3 }, 'asked every 50 ms'),
    figure('Pages: 200 again after the release', readAgain, 's', { most: 3 }, 'asked every 50 ms'),
  ];
}

export async function benchOverload({ profile }: Options): Promise<Section> {
  const env = { DATABASE_POOL_SIZE: String(POOL_SIZE), LOG_LEVEL: 'fatal', ...profiled(profile, 'overload') };
  const figures = await withGait({ env }, measure);
  return {
    title: 'Overload',
    how: `DATABASE_POOL_SIZE=${POOL_SIZE}, the event table locked for ${HELD_MS / 1000} s, ${REQUESTS} events and 10 pages at once`,
    figures,
  };
}
