import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { dueAt, type IsoWeek } from '@/lib/domain/report/iso-week';
import { DEFAULT_SCHEDULE } from '@/lib/domain/report/plan';
import { seededRandom } from '@/lib/domain/trust/testing';
import { startEmbeddedPostgres } from '@/lib/platform/postgres/embedded';
import type { Moment } from './fixtures/post-office';
import { keepers, servers } from './fixtures/report-crew';
import { aWorld, BEGIN, dueBy, isCalm, isDone, mailsOf, SCHEDULES, type World } from './fixtures/report-year';
import { runGait, temporaryHome } from './fixtures/server';

/** A year of weekly reports: three server processes, a clock that jumps, and whoever is at work is killed. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Longer than somebody who was killed has the work that they had taken. */
const PAST_LEASES = 11 * MINUTE;

/** Sundays in Berlin on which there is no 02:30 (it is 03:30 then), and on which there are two (the first one counts). */
const CHANGES = [
  { week: '2026-W12', at: Date.UTC(2026, 2, 29, 1, 30) },
  { week: '2026-W42', at: Date.UTC(2026, 9, 25, 0, 30) },
];

/** Killed is who has just frozen a report, who is sending, or anybody. */
type Fault = 'frozen' | Moment | 'at random';

/** Jumps take turns with these; with null, nobody is killed. */
const FAULTS: readonly (Fault | null)[] = ['frozen', 'taken', null, 'before', 'at random', 'answered', null];

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** So many looks in a row. */
async function until(holds: () => Promise<boolean>, looks = 1): Promise<void> {
  let times = 0;
  const look = async () => {
    times = (await holds()) ? times + 1 : 0;
    return times;
  };
  await expect.poll(look, { timeout: 120_000, intervals: [60] }).toBeGreaterThanOrEqual(looks);
}

/** Prepares for somebody to be killed. @returns what calls it off */
function arrange(fault: Fault | null, world: World, luck: number) {
  const { db, post, crew, kill, lookEveryMs } = world;
  let isOn = true;
  const once = (name: string | undefined) => {
    if (isOn && name !== undefined) void kill(name);
    isOn = false;
  };
  const anybody = () => crew.working()[Math.floor(luck * 100) % crew.working().length];
  if (fault === 'frozen') db.once('notification', ({ payload }) => once(payload));
  else if (fault === 'at random') void sleep(luck * lookEveryMs).then(() => once(anybody()));
  else if (fault !== null) post.interrupt(fault);
  return () => {
    isOn = false;
    db.removeAllListeners('notification');
    post.goOn();
  };
}

type Story = { furthest: number; jumps: number; killed: Record<string, number> };

/** Lets time pass until then, in jumps, with kills. Jumps come when nobody alive has a mail in hand: more than a lease would end in them. */
async function live(world: World, end: number): Promise<Story> {
  const { db, clock, post, kills } = world;
  const random = seededRandom(52);
  const greyness = seededRandom(8);
  const story: Story = { furthest: BEGIN, jumps: 0, killed: {} };
  const changes = [...CHANGES];
  let turn = 0;
  let now = BEGIN;
  const jump = (to: number) => {
    now = to;
    story.furthest = Math.max(story.furthest, now);
    story.jumps += 1;
    clock.moveTo(now);
  };
  const isOver = () => isDone(world, story.furthest);
  const isFrozen = async (week: string) => {
    const found = await db.query(`SELECT FROM report WHERE week = $1 AND team = 'berlin'`, [week]);
    return found.rowCount === 1;
  };
  post.greylist(() => greyness() < 0.08);
  while (now < end) {
    const luck = random();
    const days = luck < 0.05 ? 23 : luck < 0.12 ? -9 : 2 + random() * 12;
    const to = Math.max(BEGIN, now + Math.floor(days * DAY));
    const [change] = changes;
    if (change && to >= change.at - MINUTE) {
      changes.shift();
      for (const [at, is] of [
        [change.at - 2 * MINUTE, false],
        [change.at + MINUTE, true],
      ] as const) {
        jump(at);
        await until(isOver);
        expect(await isFrozen(change.week), `${change.week} at ${new Date(at).toISOString()}`).toBe(is);
      }
      continue;
    }
    const before = kills.begun;
    const fault = FAULTS[turn++ % FAULTS.length] ?? null;
    const callOff = arrange(fault, world, random());
    jump(to);
    await until(async () => kills.begun > before || (await isOver())).finally(callOff);
    if (kills.begun === before || fault === null) continue;
    story.killed[fault] = (story.killed[fault] ?? 0) + 1;
    // For a while: whoever has just taken the organisation takes its deliveries a moment later.
    await until(async () => kills.over === kills.begun && (await isCalm(world)), 10);
    jump(now + PAST_LEASES);
    await until(isOver);
  }
  post.greylist(() => false);
  for (let day = 0; day < 3; day += 1) {
    jump(story.furthest + DAY);
    await until(isOver);
  }
  return story;
}

/** What is in the database and what came to the post office, against what was due. @returns the numbers, to be shown */
async function expectAllOnce({ db, post, repeatable }: World, furthest: number) {
  const expected = dueBy(furthest);
  const { rows: reports } = await db.query<{ name: string; week: IsoWeek; team: string; frozen_at: Date }>(
    `SELECT week || ' ' || team AS name, week, team, frozen_at FROM report`,
  );
  expect(reports.map(({ name }) => name).sort()).toEqual(expected.toSorted());
  for (const { name, week, team, frozen_at } of reports) {
    const due = dueAt(week, SCHEDULES[team] ?? DEFAULT_SCHEDULE);
    expect(frozen_at.getTime(), name).toBeGreaterThanOrEqual(due);
  }
  const { rows: told } = await db.query(
    `SELECT count(*)::int AS count FROM audit WHERE act = 'report.frozen'`,
  );
  expect(told).toEqual([{ count: expected.length }]);
  const { rows: ends } = await db.query<{ status: string; count: number; attempts: number }>(
    'SELECT status, count(*)::int AS count, sum(attempts)::int AS attempts FROM delivery GROUP BY status',
  );
  expect(ends).toMatchObject([{ status: 'sent', count: mailsOf(expected) }]);
  const again = [...post.taken].flatMap(([id, times]) => (times > 1 ? [{ id, times: times - 1 }] : []));
  expect(again.filter(({ id, times }) => times > (repeatable.get(id) ?? 0))).toEqual([]);
  expect(post.taken.size).toBe(mailsOf(expected));
  const sum = (all: Iterable<number>) => [...all].reduce((total, one) => total + one, 0);
  return {
    reports: reports.length,
    mails: post.taken.size,
    attempts: ends[0]?.attempts,
    repeats: sum(again.map(({ times }) => times)),
    repeatsExplained: sum(repeatable.values()),
  };
}

const cases = [
  { name: 'a year of three processes', kind: keepers, days: 371, leastKills: 15 },
  { name: 'a season of three servers', kind: async () => servers(), days: 75, leastKills: 3 },
] as const;

for (const { name, kind, days, leastKills } of cases)
  test(`${name}: every report is frozen once and comes once, whoever is killed and however the clock jumps`, async () => {
    test.setTimeout(480_000);
    const home = temporaryHome();
    const postgres = await startEmbeddedPostgres({ home, say: () => undefined, log: silent });
    const world = await aWorld(home, postgres.databaseUrl, await kind());
    try {
      const began = performance.now();
      const { furthest, ...story } = await live(world, BEGIN + days * DAY);
      const numbers = await expectAllOnce(world, furthest);
      const seconds = Math.round((performance.now() - began) / 1000);
      process.stdout.write(`${JSON.stringify({ ...numbers, kills: world.kills.over, ...story, seconds })}\n`);
      expect(world.kills.over).toBeGreaterThanOrEqual(leastKills);
      const file = test.info().outputPath('audit.ndjson');
      const exported = await runGait(['audit', 'export', file], world.commands);
      expect(exported, exported.stderr).toMatchObject({ code: 0 });
      const verified = await runGait(['audit', 'verify', file]);
      expect(verified, verified.stdout).toMatchObject({ code: 0 });
    } finally {
      await world.close();
      await postgres.stop();
      rmSync(home, { recursive: true, force: true });
    }
  });
