import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { installOrg } from '@/lib/organisations/mutations';
import { aTestDatabase, connect } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { importDestination } from './import-destination';

const database = aTestDatabase();

it('an import waits for the work that a running server has in hand, and counts what came of it', async () => {
  const org = await anOrganisation();
  await installOrg(org.orgId, org.clock);
  const story = aTask('a#1')
    .at(org.clock.now().getTime() - 86_400_000)
    .openedBy('codex')
    .approvedBy('ana')
    .merged('ana');
  const server = await connect(database.url);
  try {
    const counted = await importDestination(async ({ settle }) => {
      await theRecord(
        org.ctx,
        story.events.map((event) => ({ ...event, source: 'import:a' })),
      );
      await server.query('BEGIN');
      const { rowCount } = await server.query('SELECT FROM projection_work FOR UPDATE');
      expect(rowCount).toBe(1);
      let isSettled = false;
      const settling = settle('import:a').finally(() => {
        isSettled = true;
      });
      await sleep(1_000);
      expect(isSettled).toBe(false);
      await server.query('ROLLBACK');
      return settling;
    }, new AbortController().signal);
    expect(counted).toEqual({ decided: 1, reviewed: 1 });
  } finally {
    await server.end();
  }
});
