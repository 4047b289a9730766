import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { closeDatabase, inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { migrate } from '@/lib/platform/migrate';
import { withDatabaseName } from '@/lib/platform/testing/database';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { projectAll } from './projector';

const database = aTestDatabase();
const name = `test_${randomBytes(6).toString('hex')}`;

/** One that sorts as people do, `a B c`, and not by bytes: as many servers of other people are set up. */
beforeAll(async () => {
  await database.asOwner(
    `CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' STRATEGY FILE_COPY`,
  );
  const url = withDatabaseName(database.url, name);
  await migrate(url, () => {});
  adoptEnv({ DATABASE_URL: url });
});
afterAll(async () => {
  await closeDatabase();
  await database.asOwner(`DROP DATABASE ${name} WITH (FORCE)`);
});

/** Observations of one lane, so many, each so many milliseconds after the one before; the lane is due. */
async function aLaneWith(
  { orgId, clock }: TestOrganisation,
  category: string,
  count: number,
  apartMs: number,
) {
  const start = new Date(STORY_START);
  await inOrg(orgId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO observation (org_id, task_ref, team, category, at, outcome, score, merged, reviewed, hasty)
      SELECT ${orgId}::uuid, CASE WHEN n % 2 = 0 THEN 'a' ELSE 'B' END || ${category} || n, 'payments', ${category},
        ${start}::timestamptz + n * ${apartMs}::int * interval '1 millisecond', 'unreviewed', NULL, true, false, false
      FROM generate_series(1, ${count}) n`;
    await tx.laneDue.create({
      data: { orgId, team: 'payments', category, dueAt: clock.now(), dirtyFrom: start },
    });
  });
}

it('a lane with more entries at one instant than a page holds takes each of them once', async () => {
  const org = await anOrganisation();
  await aLaneWith(org, 'tests', 10_500, 0);
  await projectAll(org.clock);
  const lane = await inOrg(org.orgId, (tx) => tx.lane.findFirstOrThrow());
  expect(lane.decidedCount).toBe(10_500);
});

it('lanes that are due together take each entry once, the long ones like the short ones', async () => {
  const org = await anOrganisation();
  const counts = { tests: 6_000, docs: 12_345, chore: 10, bugfix: 3_334 };
  for (const [category, count] of Object.entries(counts)) await aLaneWith(org, category, count, 100);
  await projectAll(org.clock);
  const lanes = await inOrg(org.orgId, (tx) => tx.lane.findMany());
  expect(Object.fromEntries(lanes.map((lane) => [lane.category, lane.decidedCount]))).toEqual(counts);
});

it('a task whose ref is the last that there can be is taken once, however often its lane is advanced', async () => {
  const org = await anOrganisation({ clock: aClock(STORY_START + 86_400_000) });
  const last = aTask('\u{10FFFF}\u{10FFFF}')
    .openedBy('codex', { team: 'Payments', category: 'tests' })
    .approvedBy('ana')
    .merged();
  await theRecord(org.ctx, last);
  await projectAll(org.clock);
  for (let again = 0; again < 3; again += 1) {
    await inOrg(org.orgId, (tx) => tx.laneDue.updateMany({ data: { dueAt: org.clock.now() } }));
    await projectAll(org.clock);
  }
  const lane = await inOrg(org.orgId, (tx) => tx.lane.findFirstOrThrow());
  expect(lane).toMatchObject({ decidedCount: 1, pendingCount: 1 });
});
