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
    const rejected = items.filter(({ status }) => status === 'rejected');
    return {
      accepted,
      duplicates,
      differing: items.filter(({ status, note }) => status === 'duplicate' && note !== undefined).length,
      rejected: new Map(rejected.map(({ index }) => [index, 'it was refused'])),
    };
  };
}
