import { byRecordOrder, type GaitEvent } from '@/lib/domain/event';
import {
  CLAIMS,
  type Claim,
  claimOf,
  type Owner,
  ownerOfIncident,
  ownerOfTask,
  repositoryOf,
} from '@/lib/domain/ownership';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { teamRules } from '@/lib/repositories/data';
import type { NewEvent } from './schema';

export type Subject = 'task' | 'incident';
export const SUBJECTS: readonly Subject[] = ['task', 'incident'];

/** Whose the tasks and incidents are that some events are about, as the record tells it, which is ahead of what is folded. */
export type Owners = {
  /** Whose it is before the event; null while nobody has said. `isReported`: whether the organisation has reported it all the same. */
  now(subject: Subject, ref: string): { owner: Owner | null; isReported: boolean };
  /** Whose it would be with the event, sent by whoever speaks for this team, or for the organisation (empty). */
  with(subject: Subject, event: NewEvent, senderTeam: string): Owner | null;
  slugOfTeam(name: string): string;
};

export function refOf(event: NewEvent, subject: Subject): string | null {
  return subject === 'task' ? event.taskRef : event.incidentRef;
}

export async function ownersOf(tx: Tx, orgId: OrgId, events: readonly NewEvent[]): Promise<Owners> {
  const claims = {
    task: await claimsOf(tx, orgId, 'task', events),
    incident: await claimsOf(tx, orgId, 'incident', events),
  };
  const of = (subject: Subject, ref: string) => claims[subject].get(ref) ?? [];
  const withEvent = (subject: Subject, ref: string, event: NewEvent, senderTeam: string): Claim[] => {
    // The schema of its type has checked the data.
    const claim = claimOf({ ...event, senderTeam } as GaitEvent, subject);
    return claim ? [...of(subject, ref), claim].sort(byRecordOrder) : of(subject, ref);
  };
  const repositories = events.flatMap((event) => {
    const { taskRef } = event;
    if (taskRef === null) return [];
    const known = [
      of('task', taskRef),
      ...['', 'x'].map((sender) => withEvent('task', taskRef, event, sender)),
    ];
    return known.flatMap((some) => repositoryOf(taskRef, some) ?? []);
  });
  const rules = await teamRules(tx, orgId, [...new Set(repositories)]);
  const ownerOf = (subject: Subject, ref: string, some: readonly Claim[]) =>
    subject === 'task' ? ownerOfTask(ref, some, rules) : ownerOfIncident(some, rules);
  return {
    now: (subject, ref) => ({
      owner: ownerOf(subject, ref, of(subject, ref)),
      isReported: of(subject, ref).some(({ senderTeam }) => !senderTeam),
    }),
    with: (subject, event, senderTeam) => {
      const ref = refOf(event, subject) ?? '';
      return ownerOf(subject, ref, withEvent(subject, ref, event, senderTeam));
    },
    slugOfTeam: rules.slugOfTeam,
  };
}

/** The claims to the events' tasks or incidents that the record holds, in its order. */
async function claimsOf(
  tx: Tx,
  orgId: OrgId,
  subject: Subject,
  events: readonly NewEvent[],
): Promise<Map<string, Claim[]>> {
  const refs = [...new Set(events.flatMap((event) => refOf(event, subject) ?? []))];
  if (refs.length === 0) return new Map();
  const types: string[] = [...CLAIMS[subject]];
  const rows =
    subject === 'task'
      ? await tx.$queryRaw<(Claim & { ref: string })[]>`
          SELECT task_ref AS ref, source, id, sender_team AS "senderTeam", (extract(epoch FROM time) * 1000)::float8 AS at,
            data->'task'->>'team' AS team, data->'task'->>'repository' AS repository
          FROM event WHERE org_id = ${orgId}::uuid AND task_ref = ANY(${refs}::text[]) AND type = ANY(${types}::text[])`
      : await tx.$queryRaw<(Claim & { ref: string })[]>`
          SELECT incident_ref AS ref, source, id, sender_team AS "senderTeam", (extract(epoch FROM time) * 1000)::float8 AS at,
            data->'incident'->>'team' AS team, NULL AS repository
          FROM event WHERE org_id = ${orgId}::uuid AND incident_ref = ANY(${refs}::text[]) AND type = ANY(${types}::text[])`;
  return Map.groupBy(rows.sort(byRecordOrder), ({ ref }) => ref);
}
