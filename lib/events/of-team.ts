import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { type Owners, ownersOf, refOf, SUBJECTS, type Subject } from './owners';
import type { NewEvent, ParsedEvent, Problem } from './schema';

type Subjects = { [S in Subject]?: { team?: string } };

/**
 * What a token that speaks for one team may record. Events are rejected one by one that name another team, or are about a task or an
 * incident that is another's, or of which the organisation has not said whose it is. A report that names no team becomes one of the token's team.
 */
export async function keepToTeam(
  tx: Tx,
  orgId: OrgId,
  team: string,
  parsed: readonly ParsedEvent[],
): Promise<ParsedEvent[]> {
  const events = parsed.flatMap((item) => (item.ok ? [item.event] : []));
  const owners = await ownersOf(tx, orgId, events);
  return parsed.map((item) => {
    if (!item.ok) return item;
    const problems = SUBJECTS.flatMap((subject) => problemOf(item.event, subject, team, owners) ?? []);
    if (problems.length > 0) return { ok: false, id: item.event.id, problems };
    return { ok: true, event: withTeam(item.event, team) };
  });
}

function problemOf(event: NewEvent, subject: Subject, team: string, owners: Owners): Problem | null {
  const only = `this token speaks only for the team ${team}`;
  const name = (event.data as Subjects)[subject]?.team;
  if (name !== undefined && owners.slugOfTeam(name) !== team)
    return { pointer: `/data/${subject}/team`, message: only };
  const ref = refOf(event, subject);
  if (ref === null) return null;
  const refuse = (field: string, message: string) => ({ pointer: `/data/${subject}/${field}`, message });
  const { owner, isReported } = owners.now(subject, ref);
  if (owner && owner.slug !== team) return refuse('ref', `belongs to another team; ${only}`);
  if (!owner && isReported && !isLinkTo(subject, event)) return refuse('ref', UNOWNED[subject]);
  const then = owners.with(subject, event, team);
  return then && then.slug !== team ? refuse('repository', `belongs to another team; ${only}`) : null;
}

/** A team may say that one of its own tasks caused an incident that is nobody's. */
function isLinkTo(subject: Subject, { type }: NewEvent): boolean {
  return subject === 'incident' && type === 'dev.gait.incident.linked.v1';
}

const UNOWNED = {
  task: 'nobody has said which team this task belongs to: assign its repository to a team, or name the team with a token of the organisation',
  incident:
    'nobody has said which team this incident belongs to: name the team with a token of the organisation',
} as const satisfies Record<Subject, string>;

function withTeam(event: NewEvent, team: string): NewEvent {
  const subject = REPORTED[event.type];
  const data = event.data as Record<string, object>;
  if (subject === undefined || (data as Subjects)[subject]?.team !== undefined) return event;
  return { ...event, data: { ...data, [subject]: { ...data[subject], team } } };
}

const REPORTED: Readonly<Partial<Record<NewEvent['type'], Subject>>> = {
  'dev.gait.task.opened.v1': 'task',
  'dev.gait.incident.opened.v1': 'incident',
};
