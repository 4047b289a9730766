import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { NewEvent } from './schema';
import { keyOf } from './summarize';
import type { Difference } from './types';

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
  const told = new Set<string>();
  const repeats = submissions
    .flatMap(({ events }) => events)
    .filter((event) => {
      const key = keyOf(event);
      const isNew = written.has(key) && !told.has(key);
      told.add(key);
      return !isNew;
    });
  if (repeats.length === 0) return new Map();
  const places = await tx.$queryRaw<{ place: number; difference: Difference }[]>`
    SELECT r.place::int - 1 AS place,
      CASE WHEN e.type = r.type THEN 'data' WHEN e.data = r.data THEN 'type' ELSE 'both' END AS difference
    FROM unnest(
      ${repeats.map(({ source }) => source)}::text[], ${repeats.map(({ id }) => id)}::text[],
      ${repeats.map(({ type }) => type)}::text[], ${repeats.map(({ data }) => JSON.stringify(data))}::jsonb[]
    ) WITH ORDINALITY AS r (source, id, type, data, place)
    JOIN event e ON e.org_id = ${orgId}::uuid AND e.source = r.source AND e.id = r.id
    WHERE e.type <> r.type OR e.data <> r.data`;
  return new Map(
    places.flatMap(({ place, difference }) => {
      const event = repeats[place];
      return event ? [[event, difference] as const] : [];
    }),
  );
}
