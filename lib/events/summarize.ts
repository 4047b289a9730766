import type { ParsedEvent } from './schema';
import type { ItemResult, RecordResult } from './types';

/** What makes an event the same event within an organisation. */
export function keyOf({ source, id }: { source: string; id: string }): string {
  return `${source}\u0000${id}`;
}

/**
 * The answer to one write. `written` holds the keys of events that were new; each is taken out when it is told,
 * so that of several equal items only the first is `accepted`.
 */
export function summarize(
  parsed: readonly ParsedEvent[],
  written: Set<string>,
  workIds: string[],
): RecordResult {
  const items = parsed.map((item, index): ItemResult => {
    if (!item.ok) return { index, id: item.id, status: 'rejected', errors: item.problems };
    return { index, id: item.event.id, status: written.delete(keyOf(item.event)) ? 'accepted' : 'duplicate' };
  });
  const count = (status: ItemResult['status']) => items.filter((item) => item.status === status).length;
  return {
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    rejected: count('rejected'),
    items,
    workIds,
  };
}
