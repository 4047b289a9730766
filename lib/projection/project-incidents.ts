import { type FoldedIncident, foldIncident } from '@/lib/domain/incident';
import { ownerOf, type SentEvent, withoutForeign } from '@/lib/domain/ownership';
import { inRecordOrder } from '@/lib/domain/record';
import { slugOf } from '@/lib/domain/slug';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { eventsOf } from './task-store';
import { upsert, upsertByRef } from './upsert';

/** Folds incidents and their links. @returns the tasks they are linked to, whose charges may have changed */
export async function projectIncidents(tx: Tx, orgId: OrgId, refs: readonly string[]): Promise<string[]> {
  if (refs.length === 0) return [];
  const held = await tx.$queryRaw<{ ref: string }[]>`
    SELECT ref FROM incident WHERE org_id = ${orgId}::uuid AND ref = ANY(${refs}::text[]) ORDER BY ref FOR UPDATE`;
  const events = await eventsOf(tx, orgId, 'incident_ref', refs);
  const incidents = refs.flatMap((ref) => foldIncident(ref, ownEvents(ref, events.get(ref) ?? [])) ?? []);
  const replaced = await upsertByRef(
    tx,
    'incident',
    incidents.map((incident) => incidentRow(orgId, incident)),
  );
  const links = incidents.flatMap((incident) => linkRows(orgId, incident));
  await upsert(tx, 'incident_link', ['org_id', 'incident_ref', 'task_ref'], links);
  // Another process made these rows while we folded; now that they are ours, fold them again.
  const overtaken = replaced.filter((ref) => !held.some((row) => row.ref === ref));
  return [...links.map((link) => link.task_ref), ...(await projectIncidents(tx, orgId, overtaken))];
}

/** Without what tokens of other teams than the incident's say. */
function ownEvents(ref: string, events: readonly SentEvent[]): readonly SentEvent[] {
  if (events.every(({ senderTeam }) => senderTeam === null)) return events;
  const claims = (inRecordOrder(events) as SentEvent[]).flatMap(({ type, data, senderTeam }) =>
    type === 'dev.gait.incident.opened.v1'
      ? [{ team: data.incident.team ?? null, repository: null, senderTeam }]
      : [],
  );
  return withoutForeign(events, ownerOf(ref, claims, new Map())).own;
}

function incidentRow(
  orgId: OrgId,
  { ref, title, severity, cause, team, url, openedAt, resolvedAt }: FoldedIncident,
) {
  const resolved = resolvedAt === null ? null : new Date(resolvedAt);
  return {
    org_id: orgId,
    ref,
    title,
    severity,
    cause,
    team: team && slugOf(team),
    url,
    opened_at: new Date(openedAt),
    resolved_at: resolved,
  };
}

function linkRows(orgId: OrgId, { ref, links }: FoldedIncident) {
  return links.map(({ taskRef, status, confidence, linkedAt, by }) => ({
    org_id: orgId,
    incident_ref: ref,
    task_ref: taskRef,
    status,
    confidence,
    linked_at: new Date(linkedAt),
    linked_by: by,
  }));
}
