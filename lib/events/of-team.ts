import { type Claim, ownerOf } from '@/lib/domain/ownership';
import { slugOf } from '@/lib/domain/slug';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { teamsOfRepositories } from '@/lib/repositories/data';
import { claimsAbout, isReportOf, type Subject } from './known-refs';
import type { NewEvent, ParsedEvent, Problem } from './schema';

type Subjects = { task?: { team?: string; repository?: string }; incident?: { team?: string } };
/** Of the tasks or incidents that events name: who owns each, as a slug; null while nobody has said. */
type Owners = Record<Subject, ReadonlyMap<string, string | null>>;

/**
 * What a token that speaks for one team may record: events that name another team, or a task or an incident of one, are rejected one
 * by one. A task's team is the one that counts, also where nobody named it and its repository decides. A report that names no team
 * becomes one of the token's team.
 */
export async function keepToTeam(
  tx: Tx,
  orgId: OrgId,
  team: string,
  parsed: readonly ParsedEvent[],
): Promise<ParsedEvent[]> {
  const events = parsed.flatMap((item) => (item.ok ? [item.event] : []));
  const owners: Owners = {
    task: await ownersOf(tx, orgId, 'task', team, events),
    incident: await ownersOf(tx, orgId, 'incident', team, events),
  };
  return parsed.map((item) => {
    if (!item.ok) return item;
    const problems = problemsOf(item.event, team, owners);
    if (problems.length > 0) return { ok: false, id: item.event.id, problems };
    return { ok: true, event: withTeam(item.event, team) };
  });
}

/** Asked of the record, which is ahead of what is folded, and of what the request itself reports. */
async function ownersOf(
  tx: Tx,
  orgId: OrgId,
  subject: Subject,
  team: string,
  events: readonly NewEvent[],
): Promise<Map<string, string | null>> {
  const key = subject === 'task' ? 'taskRef' : 'incidentRef';
  const refs = [...new Set(events.flatMap((event) => event[key] ?? []))];
  if (refs.length === 0) return new Map();
  const stored = await claimsAbout(tx, orgId, subject, refs);
  const teamOfRepository = await teamsOfRepositories(tx, orgId);
  const added = Map.groupBy(events, (event) => event[key]);
  return new Map(
    refs.map((ref) => {
      const before = stored.get(ref) ?? [];
      // Whose it is already, it stays: what this request says of it decides only where nobody has spoken.
      const owner = ownerOf(ref, before, teamOfRepository);
      const claims = (added.get(ref) ?? []).flatMap((event) => newClaim(event, subject, team) ?? []);
      return [ref, owner ?? ownerOf(ref, claims, teamOfRepository)];
    }),
  );
}

function newClaim({ type, data }: NewEvent, subject: Subject, team: string): Claim | null {
  if (!isReportOf(subject, type)) return null;
  const repository = subject === 'task' ? ((data as Subjects).task?.repository ?? null) : null;
  return { team: null, repository, senderTeam: team };
}

function problemsOf({ type, taskRef, incidentRef, data }: NewEvent, team: string, owners: Owners): Problem[] {
  const named = data as Subjects;
  const refs = { task: taskRef, incident: incidentRef };
  return (['task', 'incident'] as const).flatMap((subject) => {
    const name = named[subject]?.team;
    if (name !== undefined && slugOf(name) !== team)
      return [{ pointer: `/data/${subject}/team`, message: `this token speaks only for the team ${team}` }];
    const ref = refs[subject];
    const owner = ref === null ? null : (owners[subject].get(ref) ?? null);
    const pointer = `/data/${subject}/ref`;
    if (owner !== null && owner !== team)
      return [{ pointer, message: 'belongs to another team than this token speaks for' }];
    // An incident lowers a gear: of a task that nobody has reported, it would be anybody's.
    if (subject === 'task' && type === LINK && owner === null)
      return [{ pointer, message: `is not known to be a task of the team ${team}: report the task first` }];
    return [];
  });
}

function withTeam(event: NewEvent, team: string): NewEvent {
  const subject = REPORTED[event.type];
  const data = event.data as Record<string, object>;
  if (subject === undefined || (data as Subjects)[subject]?.team !== undefined) return event;
  return { ...event, data: { ...data, [subject]: { ...data[subject], team } } };
}

const LINK: NewEvent['type'] = 'dev.gait.incident.linked.v1';

const REPORTED: Readonly<Partial<Record<NewEvent['type'], 'task' | 'incident'>>> = {
  'dev.gait.task.opened.v1': 'task',
  'dev.gait.incident.opened.v1': 'incident',
};
