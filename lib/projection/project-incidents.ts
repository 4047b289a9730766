import { type FoldedIncident, placeIncident } from '@/lib/domain/incident';
import type { TeamRules } from '@/lib/domain/ownership';
import { taskRefOf } from '@/lib/domain/record';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { teamRules } from '@/lib/repositories/data';
import { distinct } from './distinct';
import { eventsOf } from './task-store';
import { upsertByRef } from './upsert';

/** Folds incidents. @returns the tasks that their links name: the fold of each says which of these count, and what they cost */
export async function projectIncidents(tx: Tx, orgId: OrgId, refs: readonly string[]): Promise<string[]> {
  if (refs.length === 0) return [];
  return foldIncidents(tx, orgId, refs, await teamRules(tx, orgId, []));
}

async function foldIncidents(
  tx: Tx,
  orgId: OrgId,
  refs: readonly string[],
  rules: TeamRules,
): Promise<string[]> {
  if (refs.length === 0) return [];
  const held = await tx.$queryRaw<{ ref: string }[]>`
    SELECT ref FROM incident WHERE org_id = ${orgId}::uuid AND ref = ANY(${refs}::text[]) ORDER BY ref FOR UPDATE`;
  const events = await eventsOf(tx, orgId, 'incident_ref', refs);
  const placed = refs.flatMap((ref) => placeIncident(ref, events.get(ref) ?? [], rules) ?? []);
  const replaced = await upsertByRef(
    tx,
    'incident',
    placed.map(({ incident, owner }) => incidentRow(orgId, incident, owner?.slug ?? null)),
  );
  const linked = distinct([...events.values()].flat().map(taskRefOf));
  // Another process made these rows while we folded; now that they are ours, fold them again.
  const overtaken = replaced.filter((ref) => !held.some((row) => row.ref === ref));
  return [...linked, ...(await foldIncidents(tx, orgId, overtaken, rules))];
}

function incidentRow(
  orgId: OrgId,
  { ref, title, severity, cause, url, openedAt, resolvedAt }: FoldedIncident,
  team: string | null,
) {
  const resolved = resolvedAt === null ? null : new Date(resolvedAt);
  return {
    org_id: orgId,
    ref,
    title,
    severity,
    cause,
    team,
    url,
    opened_at: new Date(openedAt),
    resolved_at: resolved,
  };
}
