import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { Submission } from './mutations';
import type { NewEvent } from './schema';
import { keyOf } from './summarize';
import type { Difference } from './types';

/**
 * The events that were not written because their sender's team has another in the record with their source and id, of another type or
 * with other data.
 * Costs nothing while all are new. Times are not compared: an event that carries none is given that of its arrival.
 */
export async function findDiffering(
  tx: Tx,
  orgId: OrgId,
  submissions: readonly Pick<Submission, 'senderTeam' | 'events'>[],
  written: ReadonlySet<string>,
): Promise<ReadonlyMap<NewEvent, Difference>> {
  const told = new Set<string>();
  const repeats = submissions
    .flatMap(({ senderTeam, events }) => events.map((event) => ({ event, senderTeam })))
    .filter(({ event, senderTeam }) => {
      const key = keyOf(event, senderTeam);
      const isNew = written.has(key) && !told.has(key);
      told.add(key);
      return !isNew;
    });
  if (repeats.length === 0) return new Map();
  const places = await tx.$queryRaw<{ place: number; difference: Difference }[]>`
    SELECT r.place::int - 1 AS place,
      CASE WHEN e.type = r.type THEN 'data' WHEN e.data = r.data THEN 'type' ELSE 'both' END AS difference
    FROM unnest(
      ${repeats.map(({ event }) => event.source)}::text[], ${repeats.map(({ event }) => event.id)}::text[],
      ${repeats.map(({ senderTeam }) => senderTeam)}::text[], ${repeats.map(({ event }) => event.type)}::text[],
      ${repeats.map(({ event }) => JSON.stringify(event.data))}::jsonb[]
    ) WITH ORDINALITY AS r (source, id, sender_team, type, data, place)
    JOIN event e ON e.org_id = ${orgId}::uuid AND e.source = r.source AND e.id = r.id AND e.sender_team = r.sender_team
    WHERE e.type <> r.type OR e.data <> r.data`;
  return new Map(
    places.flatMap(({ place, difference }) => {
      const repeat = repeats[place];
      return repeat ? [[repeat.event, difference] as const] : [];
    }),
  );
}
