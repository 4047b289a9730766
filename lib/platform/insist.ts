import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseAway } from './db-errors';

/** Eight seconds in all, and what the tries themselves take: a database that is restarted is back by then. */
const WAITS_MS = [250, 500, 1_000, 2_000, 4_000];

/**
 * Does what must not be left undone, again and again while the database is away or full. Nobody may be waiting for it: a request is told
 * to come back instead.
 * @param work whatever of it was done before, doing it again changes nothing
 * @throws what `work` throws otherwise, or at its last try
 */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
    }
    await sleep(wait);
  }
  return work();
}
