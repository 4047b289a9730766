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
import { anOrganisation } from '@/lib/testing/organisation';
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

it('a lane with more entries at one instant than a page holds takes each of them once', async () => {
  const org = await anOrganisation();
  await inOrg(org.orgId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO observation (org_id, task_ref, team, category, at, outcome, score, merged, reviewed, hasty)
      SELECT ${org.orgId}::uuid, CASE WHEN n % 2 = 0 THEN 'a' ELSE 'B' END || n, 'payments', 'tests', ${new Date(STORY_START)}, 'unreviewed', NULL, true, false, false
      FROM generate_series(1, 10500) n`;
    await tx.laneDue.create({
      data: {
        orgId: org.orgId,
        team: 'payments',
        category: 'tests',
        dueAt: org.clock.now(),
        dirtyFrom: new Date(STORY_START),
      },
    });
  });
  await projectAll(org.clock);
  const lane = await inOrg(org.orgId, (tx) => tx.lane.findFirstOrThrow());
  expect(lane.decidedCount).toBe(10_500);
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
