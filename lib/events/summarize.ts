import type { GaitEvent } from '@/lib/domain/event';
import { noteOn } from '@/lib/domain/event-note';
import type { NewEvent, ParsedEvent } from './schema';
import type { ItemResult, RecordResult } from './types';

const DIFFERS = 'The record holds other data under this source and id; they stand, and these were not kept.';

/** What makes an event the same event within an organisation. */
export function keyOf({ source, id }: { source: string; id: string }): string {
  return `${source}\u0000${id}`;
}

/**
 * The answer to one write. `written.keys` holds the keys of events that were new; each is taken out when it is told,
 * so that of several equal items only the first is `accepted`.
 */
export function summarize(
  parsed: readonly ParsedEvent[],
  written: { keys: Set<string>; workIds: string[] },
  differing: ReadonlySet<NewEvent>,
): RecordResult {
  const items = parsed.map((item, index): ItemResult => {
    if (!item.ok) return { index, id: item.id, status: 'rejected', errors: item.problems };
    const { event } = item;
    if (written.keys.delete(keyOf(event))) {
      // The schema of its type has checked the data before the event came here.
      const note = noteOn(event as GaitEvent);
      return { index, id: event.id, status: 'accepted', ...(note !== null && { note }) };
    }
    return { index, id: event.id, status: 'duplicate', ...(differing.has(event) && { note: DIFFERS }) };
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
