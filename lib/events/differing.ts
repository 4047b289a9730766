import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { NewEvent } from './schema';
import { keyOf } from './summarize';

/**
 * The events that were not written because the record holds another with their source and id, of another type or with other data.
 * Costs nothing while all are new. Times are not compared: an event that carries none is given that of its arrival.
 */
export async function findDiffering(
  tx: Tx,
  orgId: OrgId,
  submissions: readonly { events: readonly NewEvent[] }[],
  written: ReadonlySet<string>,
): Promise<ReadonlySet<NewEvent>> {
  const told = new Set<string>();
  const repeats = submissions
    .flatMap(({ events }) => events)
    .filter((event) => {
      const key = keyOf(event);
      const isNew = written.has(key) && !told.has(key);
      told.add(key);
      return !isNew;
    });
  if (repeats.length === 0) return new Set();
  const places = await tx.$queryRaw<{ place: number }[]>`
    SELECT r.place::int - 1 AS place FROM unnest(
      ${repeats.map(({ source }) => source)}::text[], ${repeats.map(({ id }) => id)}::text[],
      ${repeats.map(({ type }) => type)}::text[], ${repeats.map(({ data }) => JSON.stringify(data))}::jsonb[]
    ) WITH ORDINALITY AS r (source, id, type, data, place)
    JOIN event e ON e.org_id = ${orgId}::uuid AND e.source = r.source AND e.id = r.id
    WHERE e.type <> r.type OR e.data <> r.data`;
  return new Set(places.flatMap(({ place }) => repeats[place] ?? []));
}
