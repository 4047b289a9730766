import { beforeAll, expect, it } from 'vitest';
import { POST } from '@/app/api/v1/events/route';
import { aTask } from '@/lib/domain/testing/builders';
import { errorAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { closeDatabase } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { projectAll, startProjector } from '@/lib/projection/projector';
import { aCuttingProxy } from '@/lib/testing/cutting-proxy';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { asCloudEvent } from '@/lib/testing/record';
import { reportFigure, sized } from '@/lib/testing/soak';

/**
 * A PostgreSQL set up as hardened ones are, and on a bad day: SERIALIZABLE by default, no advisory locks, writes that fail to
 * serialize and connections that break at random moments.
 */

const EVENTS = sized({ small: 150, full: 3_000 });
const DEEDS = sized({ small: 20, full: 500 });
const CALLERS = 6;
const SEED = process.env.GAIT_SEED ?? String(Date.now());

const database = aTestDatabase();
let org: TestOrganisation;

beforeAll(async () => {
  org = await anOrganisation({ clock: systemClock });
  const [here] = await database.asOwner<{ name: string }>('SELECT current_database() AS name');
  await database.asOwner(`ALTER DATABASE ${here?.name} SET default_transaction_isolation = 'serializable'`);
  await database.asOwner(
    `REVOKE EXECUTE ON FUNCTION pg_advisory_lock(bigint), pg_advisory_xact_lock(bigint), pg_try_advisory_lock(bigint) FROM PUBLIC`,
  );
  await database.asOwner(`CREATE FUNCTION bad_luck() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF random() < 0.05 THEN
        RAISE EXCEPTION 'could not serialize access due to concurrent update' USING ERRCODE = '40001';
      END IF;
      RETURN NULL;
    END $$`);
  for (const table of ['event', 'projection_work', 'task', 'lane', 'audit', 'token'])
    await database.asOwner(
      `CREATE TRIGGER bad_luck AFTER INSERT OR UPDATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION bad_luck()`,
    );
});

type Said = Record<number, number>;

/** Sends until it is acknowledged, as a caller does who is told to come back. */
async function sendUntilTaken(n: number, said: Said, notTold: string[]): Promise<void> {
  const [opened] = aTask(`t#${n}`).openedBy('codex', { title: 'One', team: 'Payments' }).events;
  if (!opened) throw new Error('A story has a beginning.');
  const body = JSON.stringify({ ...asCloudEvent(opened), id: `hostile-${n}` });
  for (;;) {
    const response = await POST(
      new Request('http://gait/api/v1/events', {
        method: 'POST',
        headers: { authorization: `Bearer ${org.token}`, 'content-type': 'application/json' },
        body,
      }),
      { params: Promise.resolve({}) },
    );
    const { status } = response;
    said[status] = (said[status] ?? 0) + 1;

    if (status === 503 && response.headers.get('retry-after') === null) notTold.push('no Retry-After');
    if (status === 200) return;
    if (status !== 503) {
      notTold.push(`${status} ${await response.text()}`);
      return;
    }
  }
}

/** A deed that writes its record beside it. @returns its id, if it was acknowledged */
async function doDeed(said: Said, notTold: string[]): Promise<string | null> {
  try {
    const { id } = await org.newToken();
    said[200] = (said[200] ?? 0) + 1;
    return id;
  } catch (error) {
    const { status, headers, body } = errorAnswer(error, 'r');
    said[status] = (said[status] ?? 0) + 1;
    if (status !== 503 || !headers['retry-after']) notTold.push(`${status} ${body} ${error}`);
    return null;
  }
}

async function inParallel(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

it(
  'keeps what it acknowledged, half-writes nothing, and tells everybody else to come back',
  async () => {
    const proxy = await aCuttingProxy(database.url, { seed: SEED, meanBytes: 15_000 });
    adoptEnv({ DATABASE_URL: proxy.url, LOG_LEVEL: 'silent', DATABASE_POOL_SIZE: '10' });
    await closeDatabase();
    const projector = startProjector(systemClock);
    const said: Said = {};
    const notTold: string[] = [];
    const deeds: string[] = [];
    await Promise.all([
      inParallel(EVENTS, (n) => sendUntilTaken(n, said, notTold)),
      inParallel(DEEDS, async () => {
        const id = await doDeed(said, notTold);
        if (id) deeds.push(id);
      }),
    ]);
    proxy.relent();
    await projector.stop();
    await database.asOwner('DROP FUNCTION bad_luck() CASCADE');
    await projectAll(systemClock);
    const [kept] = await database.asOwner<Record<string, number>>(
      `SELECT
      (SELECT count(*)::int FROM event WHERE id LIKE 'hostile-%') AS events,
      (SELECT count(*)::int FROM task) AS tasks,
      (SELECT count(*)::int FROM projection_work) AS waiting,
      (SELECT count(*)::int FROM token WHERE id = ANY ($1)) AS deeds,
      (SELECT count(*)::int FROM token t WHERE NOT EXISTS (SELECT FROM audit a WHERE a.target LIKE '%' || t.id::text || '%')) AS unrecorded`,
      [deeds],
    );
    await closeDatabase();
    await proxy.close();
    const size = `${EVENTS} events, ${DEEDS} deeds, ${proxy.cuts()} cut connections, seed ${SEED}`;
    const figures: [string, number, { most: number } | null][] = [
      ['acknowledged events lost', EVENTS - (kept?.events ?? 0), { most: 0 }],
      ['acknowledged deeds lost', deeds.length - (kept?.deeds ?? 0), { most: 0 }],
      ['answers other than 200 and 503 with Retry-After', notTold.length, { most: 0 }],
      ['answers 503', said[503] ?? 0, null],
    ];
    for (const [figure, value, target] of figures)
      reportFigure({ simulation: 'Hostile database', figure, value, target, size });
    expect(notTold).toEqual([]);
    expect(kept).toEqual({ events: EVENTS, tasks: EVENTS, waiting: 0, deeds: deeds.length, unrecorded: 0 });
    expect(proxy.cuts()).toBeGreaterThan(0);
  },
  sized({ small: 120_000, full: 3_600_000 }),
);
