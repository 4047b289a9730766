import { Prisma } from '@/generated/prisma/client';
import type { GaitEvent } from '@/lib/domain/event';
import type { IncidentFact } from '@/lib/domain/incident';
import { incidentRefOf } from '@/lib/domain/record';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { distinct } from './distinct';
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
): Promise<Map<string, GaitEvent[]>> {
  if (values.length === 0) return new Map();
  const column = Prisma.raw(subject);
  const query = tx.$queryRaw`
    SELECT coalesce(json_agg(json_build_array(${column}, source, id, type, (extract(epoch FROM time) * 1000)::float8, data, sender_team)), '[]')::text AS rows
    FROM event WHERE org_id = ${orgId}::uuid AND ${column} = ANY(${values}::text[])`;
  const rows = await readJson<[string, string, string, GaitEvent['type'], number, unknown, string][]>(query);
  const bySubject = new Map<string, GaitEvent[]>();
  for (const [value, source, id, type, at, data, senderTeam] of rows) {
    // The door has checked `data` against the schema of its type before it was recorded.
    const event = { type, source, id, at, data, ...(senderTeam !== '' && { senderTeam }) } as GaitEvent;
    const list = bySubject.get(value);
    if (list) list.push(event);
    else bySubject.set(value, [event]);
  }
  return bySubject;
}

/** What is known of the incidents that these events link tasks to, by ref. */
export async function incidentsIn(
  tx: Tx,
  orgId: OrgId,
  events: Iterable<readonly GaitEvent[]>,
): Promise<Map<string, IncidentFact>> {
  const refs = distinct([...events].flat().map(incidentRefOf));
  if (refs.length === 0) return new Map();
  const rows = await readJson<IncidentFact[]>(tx.$queryRaw`
    SELECT coalesce(json_agg(json_build_object('ref', ref, 'severity', severity, 'cause', cause, 'team', team)), '[]')::text AS rows
    FROM incident WHERE org_id = ${orgId}::uuid AND ref = ANY(${refs}::text[])`);
  return new Map(rows.map((row) => [row.ref, row]));
}
