import type { GaitEvent } from '@/lib/domain/event';
import { noteOn } from '@/lib/domain/event-note';
import type { NewEvent, ParsedEvent } from './schema';
import type { Difference, ItemResult, RecordResult } from './types';

const CONFLICT: Readonly<Record<Difference, string>> = {
  type: 'is taken under this source: the record holds an event of another type, which stays; this one was not kept',
  data: 'is taken under this source: the record holds an event with other data, which stays; this one was not kept',
  both: 'is taken under this source: the record holds an event of another type with other data, which stays; this one was not kept',
};

/** What makes an event the same event within an organisation. No team's id stands in the way of another's. */
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
    if (difference === undefined) return { index, id: event.id, status: 'duplicate' };
    const errors = [{ pointer: '/id', message: CONFLICT[difference] }];
    return { index, id: event.id, status: 'rejected', code: 'conflict', errors };
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
