import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { nextTurn } from '@/lib/platform/turns';
import type { NewEvent } from './schema';
import { keyOf } from './summarize';
import type { Difference } from './types';

/** Compared at once: more would keep the event loop from turning while they are written out. */
const COMPARED_AT_ONCE = 1_000;

/**
 * The events that were not written because the record holds another with their source and id, of another type or with other data.
 * Costs nothing while all are new. Times are not compared: an event that carries none is given that of its arrival.
 */
export async function findDiffering(
  tx: Tx,
  orgId: OrgId,
  submissions: readonly { events: readonly NewEvent[] }[],
  written: ReadonlySet<string>,
): Promise<ReadonlyMap<NewEvent, Difference>> {
  const seen = new Set<string>();
  const repeats = submissions
    .flatMap(({ events }) => events)
    .filter((event) => {
      const key = keyOf(event);
      const isNew = written.has(key) && !seen.has(key);
      seen.add(key);
      return !isNew;
    });
  const differing = new Map<NewEvent, Difference>();
  for (let from = 0; from < repeats.length; from += COMPARED_AT_ONCE) {
    if (from > 0) await nextTurn();
    const some = repeats.slice(from, from + COMPARED_AT_ONCE);
    for (const [event, difference] of await compare(tx, orgId, some)) differing.set(event, difference);
  }
  return differing;
}

async function compare(
  tx: Tx,
  orgId: OrgId,
  repeats: readonly NewEvent[],
): Promise<readonly (readonly [NewEvent, Difference])[]> {
  const list = repeats.map(({ source, id, type, data }, place) => ({ place, source, id, type, data }));
  const places = await tx.$queryRaw<{ place: number; difference: Difference }[]>`
    SELECT r.place,
      CASE WHEN e.type = r.type THEN 'data' WHEN e.data = r.data THEN 'type' ELSE 'both' END AS difference
    FROM json_to_recordset(${JSON.stringify(list)}::json)
      AS r (place int, source text, id text, type text, data jsonb)
    JOIN event e ON e.org_id = ${orgId}::uuid AND e.source = r.source AND e.id = r.id
    WHERE e.type <> r.type OR e.data <> r.data`;
  return places.flatMap(({ place, difference }) => {
    const event = repeats[place];
    return event ? [[event, difference] as const] : [];
  });
}
