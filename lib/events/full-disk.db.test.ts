import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { closeDatabase, inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { migrate } from '@/lib/platform/migrate';
import { startEmbeddedPostgres } from '@/lib/platform/postgres/embedded';
import { anOrganisation } from '@/lib/testing/organisation';
import { aSmallDisk } from '@/lib/testing/small-disk';
import { recordEvents } from './mutations';
import { parseEvent } from './schema';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const EVENTS = 50;

it('a full disk: evidence is refused with 503 and none of it kept by halves, and taken again once there is room', async (test) => {
  const disk = aSmallDisk(160 * 1024);
  if (disk === null) return test.skip('only root can mount a small disk');
  const home = join(disk.folder, 'home');
  mkdirSync(home, { mode: 0o711 });
  const postgres = await startEmbeddedPostgres({
    home,
    say: () => undefined,
    log: silent,
  });
  try {
    await migrate(postgres.databaseUrl, () => {});
    adoptEnv({ DATABASE_URL: postgres.databaseUrl, LOG_LEVEL: 'silent' });
    const { ctx, orgId, clock } = await anOrganisation();
    let batch = 0;
    let accepted = 0;
    /** @returns what it was refused with; null when it was taken */
    const record = async (): Promise<unknown> => {
      batch += 1;
      const events = Array.from({ length: EVENTS }, (_, index) => ({
        specversion: '1.0',
        source: 'disk',
        id: `${batch}/${index}`,
        type: 'dev.gait.task.opened.v1',
        data: { task: { ref: `task ${batch}/${index}`, title: 'x'.repeat(200), team: 'Payments' } },
      }));
      try {
        const now = clock.now().getTime();
        const { items } = await recordEvents(
          ctx,
          events.map((event) => parseEvent(event, now)),
        );
        accepted += items.filter(({ status }) => status === 'accepted').length;
        return null;
      } catch (error) {
        return error;
      }
    };
    expect(await record()).toBeNull();
    expect(accepted).toBe(EVENTS);

    disk.fill();
    const refusals: unknown[] = [];
    for (let tries = 0; refusals.length < 10 && tries < 500; tries += 1) {
      const refusal = await record();
      if (refusal !== null) refusals.push(refusal);
    }
    expect(refusals).toHaveLength(10);
    for (const refusal of refusals)
      expect(isAppError(refusal) ? [refusal.status, refusal.retryAfterSeconds] : refusal).toEqual([503, 2]);

    disk.free();
    await expect.poll(record, { timeout: 30_000, interval: 200 }).toBeNull();
    const kept = await inOrg(orgId, (tx) => tx.event.count({ where: { orgId } }));
    expect(kept).toBe(accepted);
  } finally {
    await closeDatabase();
    await postgres.stop();
    disk.remove();
  }
}, 120_000);
