import { type Figure, figure, type Section } from '../figures';
import type { LoadResult } from '../load/job';
import { putLoad } from '../load/run';
import { median, medianRatio, readable } from '../numbers';
import type { Options } from '../options';
import { say } from '../progress';
import { bareTable, startBareNext } from '../setup/bare';
import { cpuMilliseconds } from '../setup/cpu';
import { type Gait, profiled } from '../setup/gait';
import { createBenchOrganisation } from '../setup/organisation';
import { untilProjected } from '../setup/projection';

const CLIENTS = 16;
/** Gait's own default. */
const POOL_SIZE = 10;

type Target = { url: string; path: string; token: string | null; pid: number };
type Round = LoadResult & { cpuMs: number; lag: number };
type Pair = { gait: Round; bare: Round };

/** Processor time counts until the projector is idle again: what a request causes is part of what it costs. */
async function round({ pid, ...job }: Target, seconds: number, db: Gait['db']): Promise<Round> {
  const before = cpuMilliseconds(pid);
  const result = await putLoad({ ...job, connections: CLIENTS, seconds });
  const lag = await untilProjected(db);
  const cpuMs = (cpuMilliseconds(pid) - before) / (result.perSecond * seconds);
  return { ...result, cpuMs, lag };
}

function figuresOf(pairs: readonly Pair[]): Figure[] {
  const of = (pick: (pair: Pair) => number) => readable(median(pairs.map(pick)));
  const ratios = (pick: (round: Round) => number) =>
    medianRatio(pairs.map(({ gait, bare }) => ({ a: pick(gait), b: pick(bare) })));
  const failed = pairs.reduce((sum, { gait, bare }) => sum + gait.failed + bare.failed, 0);
  return [
    figure(
      'Requests/s against a bare route',
      ratios(({ perSecond }) => perSecond),
      '×',
      { least: 0.6 },
      `Gait ${of(({ gait }) => gait.perSecond)}/s, bare ${of(({ bare }) => bare.perSecond)}/s; p99 ${of(({ gait }) => gait.p99)} and ${of(({ bare }) => bare.p99)} ms; ${failed} failed`,
    ),
    figure(
      'Processor time of the server a request',
      ratios(({ cpuMs }) => cpuMs),
      '×',
      null,
      `Gait ${of(({ gait }) => gait.cpuMs)} ms with its projector, bare ${of(({ bare }) => bare.cpuMs)} ms`,
    ),
  ];
}

export async function benchSingle(
  { server, db, databaseUrl }: Gait,
  { quick, profile }: Options,
): Promise<Section> {
  const rounds = quick ? 2 : 5;
  const seconds = quick ? 3 : 6;
  const { token } = await createBenchOrganisation('Single events');
  await db.query(bareTable);
  const app = await startBareNext(databaseUrl, POOL_SIZE, profiled(profile, 'bare'));
  const toGait: Target = { url: server.url, path: '/api/v1/events', token, pid: server.pid };
  const toBare: Target = { url: app.url, path: '/api/insert', token: null, pid: app.pid };
  try {
    for (const target of [toGait, toBare]) await round(target, quick ? 2 : 5, db);
    const pairs: Pair[] = [];
    for (let i = 0; i < rounds; i += 1) {
      const pair = { gait: await round(toGait, seconds, db), bare: await round(toBare, seconds, db) };
      const { gait, bare } = pair;
      say(
        `single ${i + 1}: Gait ${readable(gait.perSecond)}/s (${readable(gait.cpuMs)} ms of CPU each, lag ${readable(gait.lag)} s), bare ${readable(bare.perSecond)}/s (${readable(bare.cpuMs)} ms)`,
      );
      pairs.push(pair);
    }
    return {
      title: 'Single events',
      how: `${CLIENTS} clients, one event a request, autocannon in its own process, ${rounds} pairs of ${seconds} s, Gait against a bare Next route with one INSERT (pool ${POOL_SIZE} each), projector running`,
      figures: figuresOf(pairs),
    };
  } finally {
    await app.end();
  }
}
