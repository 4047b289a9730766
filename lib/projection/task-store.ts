import { Prisma } from '@/generated/prisma/client';
import type { GaitEvent } from '@/lib/domain/event';
import type { IncidentLinkFact } from '@/lib/domain/incident';
import type { SentEvent } from '@/lib/domain/ownership';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { readJson } from './read-json';

/** Where a task stands in its lane's order, as last projected: what a change is compared with. */
export type Standing = {
  ref: string;
  observation: {
    team: string;
    category: string;
    at: number;
    outcome: string;
    score: number | null;
    merged: boolean;
    reviewed: boolean;
    hasty: boolean;
  } | null;
  charges: { key: string; at: number; severity: string | null }[];
};

/**
 * Locks the rows of the tasks that exist, so that no other process folds them meanwhile, and reads their standing. In two
 * statements: one that waited for another process would still see everything but the locked rows as it was before.
 */
export async function lockTasks(
  tx: Tx,
  orgId: OrgId,
  refs: readonly string[],
): Promise<Map<string, Standing>> {
  const locked = await readJson<string[]>(tx.$queryRaw`
    SELECT coalesce(json_agg(ref), '[]')::text AS rows FROM (
      SELECT ref FROM task WHERE org_id = ${orgId}::uuid AND ref = ANY(${refs}::text[]) ORDER BY ref FOR UPDATE
    ) held`);
  if (locked.length === 0) return new Map();
  const rows = await readJson<Standing[]>(tx.$queryRaw`
    SELECT coalesce(json_agg(json_build_object(
      'ref', l.ref,
      'observation', CASE WHEN o.task_ref IS NULL THEN NULL ELSE json_build_object(
        'team', o.team, 'category', o.category, 'at', (extract(epoch FROM o.at) * 1000)::float8, 'outcome', o.outcome,
        'score', o.score, 'merged', o.merged, 'reviewed', o.reviewed, 'hasty', o.hasty) END,
      'charges', coalesce((
        SELECT json_agg(json_build_object('key', c.key, 'at', (extract(epoch FROM c.at) * 1000)::float8, 'severity', c.severity) ORDER BY c.at, c.key)
        FROM charge c WHERE c.org_id = ${orgId}::uuid AND c.task_ref = l.ref), '[]')
    )), '[]')::text AS rows
    FROM unnest(${locked}::text[]) AS l (ref)
    LEFT JOIN observation o ON o.org_id = ${orgId}::uuid AND o.task_ref = l.ref`);
  return new Map(rows.map((row) => [row.ref, row]));
}

type Subject = 'task_ref' | 'incident_ref' | 'lane';

/** The events that name any of the subjects, by subject. */
export async function eventsOf(
  tx: Tx,
  orgId: OrgId,
  subject: Subject,
  values: readonly string[],
): Promise<Map<string, SentEvent[]>> {
  if (values.length === 0) return new Map();
  const column = Prisma.raw(subject);
  const query = tx.$queryRaw`
    SELECT coalesce(json_agg(json_build_array(
      e.${column}, e.source, e.id, e.type, (extract(epoch FROM e.time) * 1000)::float8, e.data, t.team)), '[]')::text AS rows
    FROM event e
    LEFT JOIN (
      SELECT 'token:' || id AS sender, team FROM token WHERE org_id = ${orgId}::uuid AND team IS NOT NULL
    ) t ON t.sender = e.received_by
    WHERE e.org_id = ${orgId}::uuid AND e.${column} = ANY(${values}::text[])`;
  const rows =
    await readJson<[string, string, string, GaitEvent['type'], number, unknown, string | null][]>(query);
  const bySubject = new Map<string, SentEvent[]>();
  for (const [value, source, id, type, at, data, senderTeam] of rows) {
    // The door has checked `data` against the schema of its type before it was recorded.
    const event = { type, source, id, at, data, senderTeam } as SentEvent;
    const list = bySubject.get(value);
    if (list) list.push(event);
    else bySubject.set(value, [event]);
  }
  return bySubject;
}

/** The incidents linked to each task, as last projected. */
export async function linksOf(
  tx: Tx,
  orgId: OrgId,
  refs: readonly string[],
): Promise<Map<string, IncidentLinkFact[]>> {
  const rows = await readJson<({ taskRef: string } & IncidentLinkFact)[]>(tx.$queryRaw`
    SELECT coalesce(json_agg(json_build_object(
      'taskRef', l.task_ref, 'incidentRef', l.incident_ref, 'status', l.status,
      'linkedAt', (extract(epoch FROM l.linked_at) * 1000)::float8, 'severity', i.severity, 'cause', i.cause)), '[]')::text AS rows
    FROM incident_link l JOIN incident i ON i.org_id = l.org_id AND i.ref = l.incident_ref
    WHERE l.org_id = ${orgId}::uuid AND l.task_ref = ANY(${refs}::text[])`);
  return Map.groupBy(rows, (row) => row.taskRef);
}
