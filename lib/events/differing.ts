import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { nextTurn } from '@/lib/platform/turns';
import type { Submission } from './mutations';
import type { NewEvent } from './schema';
import { keyOf } from './summarize';
import type { Difference } from './types';

/** Compared at once: more would keep the event loop from turning while they are written out. */
const COMPARED_AT_ONCE = 1_000;

/**
 * The events that were not written because their sender's team has another in the record with their source and id, of another type or
 * with other data. Costs nothing while all are new. Times are not compared: an event that carries none is given that of its arrival.
 */
export async function findDiffering(
  tx: Tx,
  orgId: OrgId,
  submissions: readonly Pick<Submission, 'senderTeam' | 'events'>[],
  written: ReadonlySet<string>,
): Promise<ReadonlyMap<NewEvent, Difference>> {
  const seen = new Set<string>();
  const repeats = submissions
    .flatMap(({ senderTeam, events }) => events.map((event) => ({ event, senderTeam })))
    .filter(({ event, senderTeam }) => {
      const key = keyOf(event, senderTeam);
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

type Repeat = { event: NewEvent; senderTeam: string };

async function compare(
  tx: Tx,
  orgId: OrgId,
  repeats: readonly Repeat[],
): Promise<readonly (readonly [NewEvent, Difference])[]> {
  const list = repeats.map(({ event: { source, id, type, data }, senderTeam }, place) => ({
    place,
    source,
    id,
    sender_team: senderTeam,
    type,
    data,
  }));
  const places = await tx.$queryRaw<{ place: number; difference: Difference }[]>`
    SELECT r.place,
      CASE WHEN e.type = r.type THEN 'data' WHEN e.data = r.data THEN 'type' ELSE 'both' END AS difference
    FROM json_to_recordset(${JSON.stringify(list)}::json)
      AS r (place int, source text, id text, sender_team text, type text, data jsonb)
    JOIN event e ON e.org_id = ${orgId}::uuid AND e.source = r.source AND e.id = r.id AND e.sender_team = r.sender_team
    WHERE e.type <> r.type OR e.data <> r.data`;
  return places.flatMap(({ place, difference }) => {
    const repeat = repeats[place];
    return repeat ? [[repeat.event, difference] as const] : [];
  });
}
