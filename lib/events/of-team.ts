import { slugOf } from '@/lib/domain/slug';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { NewEvent, ParsedEvent, Problem } from './schema';

type Subjects = { task?: { team?: string }; incident?: { team?: string } };

/**
 * What a token that speaks for one team may record: events that name another team, or a task or an incident of one, are rejected one
 * by one. A report that names no team becomes one of the token's team.
 */
export async function keepToTeam(
  tx: Tx,
  orgId: OrgId,
  team: string,
  parsed: readonly ParsedEvent[],
): Promise<ParsedEvent[]> {
  const events = parsed.flatMap((item) => (item.ok ? [item.event] : []));
  const foreign = {
    task: await foreignRefs(tx, orgId, team, 'task', refsOf(events, 'taskRef')),
    incident: await foreignRefs(tx, orgId, team, 'incident', refsOf(events, 'incidentRef')),
  };
  return parsed.map((item) => {
    if (!item.ok) return item;
    const problems = problemsOf(item.event, team, foreign);
    if (problems.length > 0) return { ok: false, id: item.event.id, problems };
    return { ok: true, event: withTeam(item.event, team) };
  });
}

function refsOf(events: readonly NewEvent[], subject: 'taskRef' | 'incidentRef'): string[] {
  return [...new Set(events.flatMap((event) => event[subject] ?? []))];
}

/** Of these tasks or incidents, those that were reported for another team. Asked of the record, which is ahead of what is folded. */
async function foreignRefs(
  tx: Tx,
  orgId: OrgId,
  team: string,
  subject: 'task' | 'incident',
  refs: readonly string[],
): Promise<Set<string>> {
  if (refs.length === 0) return new Set();
  const rows =
    subject === 'task'
      ? await tx.$queryRaw<{ ref: string; team: string }[]>`
          SELECT DISTINCT task_ref AS ref, data->'task'->>'team' AS team FROM event
          WHERE org_id = ${orgId}::uuid AND task_ref = ANY(${refs}::text[]) AND data->'task'->>'team' IS NOT NULL`
      : await tx.$queryRaw<{ ref: string; team: string }[]>`
          SELECT DISTINCT incident_ref AS ref, data->'incident'->>'team' AS team FROM event
          WHERE org_id = ${orgId}::uuid AND incident_ref = ANY(${refs}::text[]) AND data->'incident'->>'team' IS NOT NULL`;
  return new Set(rows.filter((row) => slugOf(row.team) !== team).map(({ ref }) => ref));
}

function problemsOf(
  { taskRef, incidentRef, data }: NewEvent,
  team: string,
  foreign: Record<'task' | 'incident', ReadonlySet<string>>,
): Problem[] {
  const said = data as Subjects;
  const refs = { task: taskRef, incident: incidentRef };
  return (['task', 'incident'] as const).flatMap((subject) => {
    const name = said[subject]?.team;
    if (name !== undefined && slugOf(name) !== team)
      return [{ pointer: `/data/${subject}/team`, message: `this token speaks only for the team ${team}` }];
    const ref = refs[subject];
    return ref !== null && foreign[subject].has(ref)
      ? [{ pointer: `/data/${subject}/ref`, message: 'belongs to another team than this token speaks for' }]
      : [];
  });
}

function withTeam(event: NewEvent, team: string): NewEvent {
  const subject = REPORTED[event.type];
  const data = event.data as Record<string, object>;
  if (subject === undefined || (data as Subjects)[subject]?.team !== undefined) return event;
  return { ...event, data: { ...data, [subject]: { ...data[subject], team } } };
}

const REPORTED: Readonly<Partial<Record<NewEvent['type'], 'task' | 'incident'>>> = {
  'dev.gait.task.opened.v1': 'task',
  'dev.gait.incident.opened.v1': 'incident',
};
