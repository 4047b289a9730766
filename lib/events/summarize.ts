import type { GaitEvent } from '@/lib/domain/event';
import { noteOn } from '@/lib/domain/event-note';
import type { NewEvent, ParsedEvent, Problem } from './schema';
import type { Difference, ItemResult, RecordResult } from './types';

const DIFFERS = 'differs from the event that was recorded under this source and id';

const PROBLEMS_OF: Readonly<Record<Difference, Problem[]>> = {
  type: [{ pointer: '/type', message: DIFFERS }],
  data: [{ pointer: '/data', message: DIFFERS }],
  both: [
    { pointer: '/type', message: DIFFERS },
    { pointer: '/data', message: DIFFERS },
  ],
};

/** What makes an event the same event within an organisation. Keys sort by source and id first. */
export function keyOf({ source, id }: { source: string; id: string }, senderTeam: string): string {
  return `${source}\u0000${id}\u0000${senderTeam}`;
}

/**
 * The answer to one write. `written.keys` holds the keys of events that were new; each is taken out when it is told,
 * so that of several equal items only the first is `accepted`.
 */
export function summarize(
  parsed: readonly ParsedEvent[],
  senderTeam: string,
  written: { keys: Set<string>; workIds: string[] },
  differing: ReadonlyMap<NewEvent, Difference>,
): RecordResult {
  const items = parsed.map((item, index): ItemResult => {
    if (!item.ok) return { index, id: item.id, status: 'rejected', errors: item.problems };
    const { event } = item;
    if (written.keys.delete(keyOf(event, senderTeam))) {
      // The schema of its type has checked the data before the event came here.
      const note = noteOn(event as GaitEvent);
      return { index, id: event.id, status: 'accepted', ...(note !== null && { note }) };
    }
    const difference = differing.get(event);
    if (!difference) return { index, id: event.id, status: 'duplicate' };
    return { index, id: event.id, status: 'rejected', code: 'conflict', errors: PROBLEMS_OF[difference] };
  });
  const count = (status: ItemResult['status']) => items.filter((item) => item.status === status).length;
  return {
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    rejected: count('rejected'),
    items,
    workIds: written.workIds,
  };
}
