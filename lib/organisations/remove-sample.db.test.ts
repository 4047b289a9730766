import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { projectTasks } from '@/lib/projection/project-tasks';
import { projectAll } from '@/lib/projection/projector';
import { aTestDatabase, connect } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { aWorld } from '@/lib/testing/world';
import { replaceSample } from './remove-sample';

const database = aTestDatabase();

/** How many rows of the organisation each table still holds, where it holds any. */
async function rowsOf({ orgId }: TestOrganisation): Promise<Record<string, number>> {
  const tables = await database.asOwner<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'org_id'`,
  );
  const counts = tables.map(
    ({ name }) => `SELECT '${name}' AS name, count(*)::int AS n FROM ${name} WHERE org_id = '${orgId}'`,
  );
  const rows = await database.asOwner<{ name: string; n: number }>(counts.join(' UNION ALL '));
  return Object.fromEntries(rows.flatMap(({ name, n }) => (n > 0 ? [[name, n]] : [])));
}

async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const [waiting] = await database.asOwner<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if ((waiting?.n ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('leaves nothing behind when a projector is in the middle of writing', async () => {
  const sample = await anOrganisation({ isSample: true });
  await theRecord(sample.ctx, aTask().openedBy('codex', { team: 'Payments' }).approvedBy('ana').merged());
  const other = await connect(database.url);
  await other.query(`BEGIN; SET LOCAL app.org = '${sample.orgId}'`);
  await other.query(`INSERT INTO agent (org_id, key, name) VALUES ('${sample.orgId}', 'codex', 'codex')`);
  const projected = projectTasks(sample.clock);
  await untilWaiting(1);
  const removed = replaceSample(sample.owner, 'Mine');
  await untilWaiting(2);
  await other.query('ROLLBACK');
  await other.end();
  await Promise.all([projected, removed]);
  await projectAll(sample.clock);
  expect(await rowsOf(sample)).toEqual({});
});

it('leaves nothing behind when evidence comes in and is folded all the while', {
  timeout: 60_000,
}, async () => {
  for (let round = 0; round < 6; round += 1) {
    const sample = await anOrganisation({ isSample: true });
    const world = aWorld(round, 40);
    let isOver = false;
    const senders = [0, 1].map(async (sender) => {
      for (let next = sender * 9; !isOver; next += 18)
        await theRecord(sample.ctx, world.slice(next % world.length).slice(0, 9)).catch(() => {});
    });
    const projectors = [0, 1].map(async () => {
      while (!isOver) await projectAll(sample.clock);
    });
    await new Promise((resolve) => setTimeout(resolve, 60 * round));
    await replaceSample(sample.owner, 'Mine');
    isOver = true;
    await Promise.all([...senders, ...projectors]);
    await projectAll(sample.clock);
    expect(await rowsOf(sample), `round ${round}`).toEqual({});
  }
});
