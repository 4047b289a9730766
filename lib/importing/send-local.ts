import { recordEvents } from '@/lib/events/mutations';
import type { Ctx } from '@/lib/platform/ctx';
import type { SendBatch } from './batches';

/** Records into the database at hand. */
export function sendToDatabase(ctx: Ctx): SendBatch {
  return async (events) => {
    const { accepted, duplicates, items } = await recordEvents(
      ctx,
      events.map(({ parsed }) => parsed),
    );
    const differing = items.filter(({ code }) => code === 'conflict').length;
    const rejected = items.filter(({ status, code }) => status === 'rejected' && code !== 'conflict');
    return {
      accepted,
      duplicates: duplicates + differing,
      differing,
      rejected: new Map(rejected.map(({ index }) => [index, 'it was refused'])),
    };
  };
}
