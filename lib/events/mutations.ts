import { actorText, type Ctx, type OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { nudge } from '@/lib/platform/nudge';
import { mapInTurns } from '@/lib/platform/turns';
import { findDiffering } from './differing';
import type { NewEvent, ParsedEvent } from './schema';
import { keyOf, summarize } from './summarize';
import type { RecordResult } from './types';

/**
 * Records validated events in one transaction and leaves the projector word of what they touched. Idempotent
 * by (organisation, sender's team, source, id): a repeat is a `duplicate` and changes nothing, and one that differs is rejected.
 * Rejected items are reported beside the good ones, which are kept.
 */
export async function recordEvents(ctx: Ctx, parsed: readonly ParsedEvent[]): Promise<RecordResult> {
  const events = parsed.flatMap((item) => (item.ok ? [item.event] : []));
  const submissions = [{ from: actorText(ctx.actor), senderTeam: EVERY_TEAM, events }];
  const result = await inOrg(ctx.orgId, async (tx) => {
    const written = await insertEvents(tx, ctx.orgId, ctx.clock.now(), submissions);
    const differing = await findDiffering(tx, ctx.orgId, submissions, written.keys);
    return summarize(parsed, EVERY_TEAM, written, differing);
  });
  nudge();
  return result;
}

/** The sender's team of whoever speaks for the organisation: its own tokens, people, imports. */
export const EVERY_TEAM = '';

/** Events, who sent them, and the only team that the sender speaks for, or `EVERY_TEAM`. */
export type Submission = { from: string; senderTeam: string; events: readonly NewEvent[] };

/** `keys` of the events that were new, and the rows of work left to the projector. */
export type Written = { keys: Set<string>; workIds: string[] };

/**
 * Writes the events that are new, and one row of work that names what they touch, inside the caller's transaction and in
 * one statement. Keys come back only where some were there already.
 */
export async function insertEvents(
  tx: Tx,
  orgId: OrgId,
  receivedAt: Date,
  submissions: readonly Submission[],
): Promise<Written> {
  const rows = submissions.flatMap(({ from, senderTeam, events }) =>
    events.map((event) => ({ from, senderTeam, event, key: keyOf(event, senderTeam) })),
  );
  if (rows.length === 0) return { keys: new Set(), workIds: [] };
  // One order of keys in every transaction: two requests with the same events wait instead of deadlocking.
  rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  const workId = newId();
  // One JSON text: it costs this process half of what nine arrays do, and PostgreSQL no more.
  const texts = await mapInTurns(rows, rowText);
  const [written] = await tx.$queryRaw<[{ inserted: number; keys: string | null }]>`
    WITH new_event AS (
      INSERT INTO event (org_id, source, id, type, time, received_at, received_by, sender_team, task_ref, incident_ref, lane, data)
      SELECT ${orgId}::uuid, e.source, e.id, e.type, e.time, ${receivedAt}, e.received_by, e.sender_team, e.task_ref, e.incident_ref, e.lane, e.data
      FROM json_populate_recordset(NULL::event, ${`[${texts.join(',')}]`}::json) e
      ON CONFLICT DO NOTHING
      RETURNING source, id, sender_team, task_ref, incident_ref, lane
    ), work AS (
      INSERT INTO projection_work (id, org_id, task_refs, incident_refs, lanes, created_at)
      SELECT ${workId}::uuid, ${orgId}::uuid,
        coalesce(array_agg(DISTINCT task_ref) FILTER (WHERE task_ref IS NOT NULL), '{}'),
        coalesce(array_agg(DISTINCT incident_ref) FILTER (WHERE incident_ref IS NOT NULL), '{}'),
        coalesce(array_agg(DISTINCT lane) FILTER (WHERE lane IS NOT NULL), '{}'), ${receivedAt}
      FROM new_event HAVING count(*) > 0
    )
    SELECT count(*)::int AS inserted,
      CASE WHEN count(*) < ${rows.length} THEN json_agg(json_build_array(source, id, sender_team))::text END AS keys
    FROM new_event`;
  if (written.inserted === 0) return { keys: new Set(), workIds: [] };
  return {
    keys: new Set(written.keys === null ? rows.map(({ key }) => key) : keysIn(written.keys)),
    workIds: [workId],
  };
}

function rowText({ from, senderTeam, event }: { from: string; senderTeam: string; event: NewEvent }): string {
  const { source, id, type, at, taskRef, incidentRef, lane, data } = event;
  return JSON.stringify({
    source,
    id,
    type,
    time: new Date(at),
    received_by: from,
    sender_team: senderTeam,
    task_ref: taskRef,
    incident_ref: incidentRef,
    lane,
    data,
  });
}

function keysIn(json: string): string[] {
  const keys = JSON.parse(json) as [string, string, string][];
  return keys.map(([source, id, senderTeam]) => keyOf({ source, id }, senderTeam));
}
