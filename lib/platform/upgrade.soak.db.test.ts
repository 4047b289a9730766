import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportFigure, sized } from '@/lib/testing/soak';
import { systemCode } from './errors';
import { migrate } from './migrate';
import { projectRoot } from './root';
import { createCopyOf, createEmptyDatabase, type TestDatabase } from './testing/database';
import { readLastRelease } from './testing/last-release';
import { foldTask, recordEvent } from './testing/release-0.1.0';

/** A release is put into use beside the last one, which goes on serving its callers on the same database. */

const ROUNDS = sized({ small: 2, full: 40 });
const EVENTS = sized({ small: 500, full: 100_000 });
const WRITERS = 6;
const ORG = '00000000-0000-7000-8000-000000000001';

const ours = join(projectRoot(), 'prisma', 'migrations');
const say = () => undefined;
const { lastMigration } = readLastRelease();
let old: string;
let next: string;
let lastRelease: TestDatabase;

beforeAll(async () => {
  old = mkdtempSync(join(tmpdir(), 'gait-last-release-'));
  next = mkdtempSync(join(tmpdir(), 'gait-next-release-'));
  cpSync(ours, next, { recursive: true });
  for (const name of readdirSync(ours).filter((one) => one <= lastMigration || one.endsWith('.toml')))
    cpSync(join(ours, name), join(old, name), { recursive: true });
  // Whatever else is to come: it takes the tables in the order opposite to folding, and rewrites one.
  add(
    next,
    '29990101000000_crossing',
    'ALTER TABLE event ADD COLUMN of_test int; ALTER TABLE task ADD COLUMN of_test int;',
  );
  add(
    next,
    '29990101000001_rewriting',
    `ALTER TABLE projection_work ADD COLUMN of_test double precision NOT NULL DEFAULT random();
     CREATE INDEX of_test ON event (task_ref); UPDATE task SET of_test = 1;`,
  );
  lastRelease = await createEmptyDatabase();
  await migrate(lastRelease.databaseUrl, say, { folder: old });
  const owner = await connect(lastRelease.databaseUrl);
  await owner.query(
    `INSERT INTO organisation (org_id, slug, name, created_at) VALUES ('${ORG}', 'o', 'O', now())`,
  );
  await owner.query(`INSERT INTO event (org_id, source, id, type, time, received_at, received_by, task_ref, data)
    SELECT '${ORG}', 'urn:old', 'old' || n, 'task.opened', now(), now(), 'import:old', 'old' || n, '{}' FROM generate_series(1, ${EVENTS}) n`);
  await owner.end();
}, 120_000);

afterAll(async () => {
  await lastRelease.drop();
  for (const folder of [old, next]) rmSync(folder, { recursive: true, force: true });
});

function add(folder: string, name: string, script: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'migration.sql'), script);
}

async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}

type Tally = { recorded: number[]; toldToComeBack: number; failures: string[]; longestMs: number };

/** As 0.1.0 does: what a deadlock or a serialization failure undid is tried four times, and what waits for a lock too long comes back. */
async function tryAsTheOldDoes(work: () => Promise<void>, tally: Tally): Promise<boolean> {
  const start = performance.now();
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        await work();
        return true;
      } catch (error) {
        const code = systemCode(error) ?? '';
        if (['40P01', '40001'].includes(code) && tries < 4) continue;
        if (['40P01', '40001', '55P03'].includes(code)) tally.toldToComeBack += 1;
        else tally.failures.push(String(error));
        return false;
      }
    }
  } finally {
    tally.longestMs = Math.max(tally.longestMs, performance.now() - start);
  }
}

async function serveUntil(
  databaseUrl: string,
  isOver: () => boolean,
  first: number,
  tally: Tally,
): Promise<void> {
  const client = await connect(databaseUrl);
  try {
    for (let n = first; !isOver(); n += WRITERS) {
      if (!(await tryAsTheOldDoes(() => recordEvent(client, { orgId: ORG, n }), tally))) continue;
      tally.recorded.push(n);
      await tryAsTheOldDoes(() => foldTask(client, { orgId: ORG, n }), tally);
    }
  } finally {
    await client.end();
  }
}

async function upgradeUnderLoad(tally: Tally): Promise<{ lost: number; lines: string[] }> {
  const database = await createCopyOf(lastRelease);
  try {
    const before = tally.recorded.length;
    let isOver = false;
    const serving = Array.from({ length: WRITERS }, (_, n) =>
      serveUntil(database.databaseUrl, () => isOver, n, tally),
    );
    const written = () => tally.recorded.length;
    const until = async (count: number) => {
      while (written() < count && tally.failures.length === 0) await new Promise(setImmediate);
    };
    const lines: string[] = [];
    try {
      await until(before + 50);
      await migrate(database.databaseUrl, (line) => lines.push(line), { folder: next });
      await until(written() + 50);
    } finally {
      isOver = true;
      await Promise.all(serving);
    }
    const reader = await connect(database.databaseUrl);
    const { rows } = await reader.query<{ id: string }>(`SELECT id FROM event WHERE id LIKE 'e%'`);
    await reader.end();
    const kept = new Set(rows.map(({ id }) => id));
    return { lost: tally.recorded.slice(before).filter((n) => !kept.has(`e${n}`)).length, lines };
  } finally {
    await database.drop();
  }
}

it(
  'goes through while the last release serves, which loses and refuses nothing',
  async () => {
    const tally: Tally = { recorded: [], toldToComeBack: 0, failures: [], longestMs: 0 };
    let lost = 0;
    let retries = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const result = await upgradeUnderLoad(tally);
      lost += result.lost;
      retries += result.lines.length - 1;
    }
    const size = `${ROUNDS} upgrades under ${WRITERS} writers, ${EVENTS} events`;
    const figures: [string, number, { most: number } | null][] = [
      ['acknowledged events lost', lost, { most: 0 }],
      ['writes refused for good', tally.failures.length, { most: 0 }],
      ['writes told to come back', tally.toldToComeBack, null],
      ['migrations tried again', retries, null],
      ['longest wait of a write (ms)', Math.round(tally.longestMs), null],
    ];
    for (const [figure, value, target] of figures)
      reportFigure({ simulation: 'Upgrade while the last release serves', figure, value, target, size });
    expect(tally.failures).toEqual([]);
    expect(lost).toBe(0);
  },
  sized({ small: 60_000, full: 3_600_000 }),
);
