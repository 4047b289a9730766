import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';

const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 300_000;

/** Waits until the projector has nothing left to do. @returns seconds it took */
export async function untilProjected(db: Client): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < PATIENCE_MS) {
    const { rows } = await db.query<{ idle: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM projection_work)
          AND NOT EXISTS (SELECT FROM lane_due WHERE dirty_from IS NOT NULL) AS idle`,
    );
    if (rows[0]?.idle === true) return (performance.now() - startedAt) / 1000;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error('The projector did not come to the end of its work.');
}
