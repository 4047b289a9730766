import {
  type Actor,
  actorKind,
  declaredKind,
  independence,
  isSameLogin,
  type KnownActor,
  loginKey,
} from './actor';
import { agentActedAt, agentsNamed } from './agent-work';
import type { GaitEvent } from './event';
import { inRecordOrder, taskRefOf } from './record';
import { followCourse, type HeadMove, type TaskCourse } from './task-course';
import { mergeFacts, type TaskAgent, type TaskFacts } from './task-facts';
import { type FoldedReview, foldReviews } from './task-reviews';

/** A push by someone whose kind is settled. */
export type Push = Omit<HeadMove, 'by'> & { readonly by: KnownActor | null };

/** A task as its events tell it. Times in ms since 1970 (UTC); null where nobody said. */
export type FoldedTask = TaskFacts &
  Omit<TaskCourse, 'headMoves' | 'closedBy'> & {
    readonly requester: KnownActor | null;
    /** Everyone who wrote a commit, as reported. */
    readonly authors: readonly KnownActor[];
    /** When it was merged, or else closed; null while open. */
    readonly decidedAt: number | null;
    readonly closedBy: KnownActor | null;
    /** Of the latest event that names the task; 0 when there is none. */
    readonly lastEventAt: number;
    /** When the agent last did something to it; null when there is no agent. */
    readonly agentActedAt: number | null;
    /** Every agent that a report names, also those that do not stand, and since when. */
    readonly agentsNamed: ReadonlyMap<string, number>;
    readonly headMoves: readonly Push[];
    /** Logins of humans who wrote a commit of the change or pushed to it before it was decided. */
    readonly humanEditors: readonly string[];
    /** The latest of each review ref. */
    readonly reviews: readonly FoldedReview[];
    /** Every verdict ever given, also those that a later one under the same ref replaced. Oldest first. */
    readonly submissions: readonly FoldedReview[];
    /** How often a human asked for changes. */
    readonly rounds: number;
    /** What in the record contradicts itself, in sentences. */
    readonly anomalies: readonly string[];
  };

function actorsIn(event: GaitEvent): Actor[] {
  switch (event.type) {
    case 'dev.gait.task.opened.v1':
    case 'dev.gait.task.updated.v1':
    case 'dev.gait.task.merged.v1':
    case 'dev.gait.task.closed.v1': {
      const { requester, authors = [] } = event.data.task;
      const by = event.type === 'dev.gait.task.opened.v1' ? undefined : event.data.by;
      return [...(requester ? [requester] : []), ...authors, ...(by ? [by] : [])];
    }
    case 'dev.gait.review.submitted.v1':
      return [event.data.review.reviewer];
    case 'dev.gait.review.dismissed.v1':
    case 'dev.gait.task.reverted.v1':
      return event.data.by ? [event.data.by] : [];
    default:
      return [];
  }
}

/** Settles kinds within one task: declared here, declared elsewhere in the task, the task's own agent, or by the login. */
function kindSettler(events: readonly GaitEvent[], agent: TaskAgent | null): (actor: Actor) => KnownActor {
  const declared = new Map<string, KnownActor['kind']>();
  for (const actor of events.flatMap(actorsIn)) {
    const [key, kind] = [loginKey(actor.login), declaredKind(actor)];
    if (kind && !declared.has(key)) declared.set(key, kind);
  }
  return (actor) => {
    const { login } = actor;
    const isAgent = agent !== null && isSameLogin(login, agent.key);
    const said = declaredKind(actor) ?? declared.get(loginKey(login));
    return { login, kind: said ?? (isAgent ? 'agent' : actorKind({ login })) };
  };
}

/** Each actor once, as first named. */
function withoutRepeats(actors: readonly KnownActor[]): KnownActor[] {
  const byKey = new Map<string, KnownActor>();
  for (const actor of actors) {
    const key = loginKey(actor.login);
    if (!byKey.has(key)) byKey.set(key, actor);
  }
  return [...byKey.values()];
}

/**
 * Folds the events of one task, in any order and with repeats, into what the record says about it. Never throws:
 * what contradicts itself is kept and named in `anomalies`. Events of other tasks are ignored.
 */
export function foldTask(ref: string, events: readonly GaitEvent[]): FoldedTask {
  const own = inRecordOrder(events).filter((event) => taskRefOf(event) === ref);
  const { facts, people, anomalies } = mergeFacts(ref, own);
  const { course, anomalies: ofCourse } = followCourse(own);
  const settle = kindSettler(own, facts.agent);
  const authors = withoutRepeats(people.authors.map(settle));
  const requester = people.requester && settle(people.requester);
  const headMoves = course.headMoves.map((move) => ({ ...move, by: move.by && settle(move.by) }));
  // An agent never reviews itself, whatever its login is declared to be.
  const self: Actor[] = facts.agent ? [{ login: facts.agent.key }] : [];

  const {
    submissions,
    reviews,
    anomalies: ofReviews,
  } = foldReviews(own, (reviewer, at) => {
    const known = settle(reviewer);
    const pushers = headMoves.flatMap((move) => (move.by && move.at <= at ? [move.by] : []));
    const makers = {
      requester,
      otherRequesters: people.otherRequesters,
      authors: [...authors, ...pushers, ...self],
    };
    const { independent, reason } = independence(known, makers, reviewer.kind);
    return { reviewerKind: known.kind, independent, independentReason: reason };
  });

  const closedBy = course.closedBy && settle(course.closedBy);
  const editors = [...authors, ...headMoves.flatMap(({ by }) => (by ? [by] : []))];
  return {
    ...facts,
    ...course,
    requester,
    authors,
    closedBy,
    decidedAt: course.mergedAt ?? course.closedAt,
    lastEventAt: own.at(-1)?.at ?? 0,
    agentActedAt: facts.agent && agentActedAt(own, { ...course, headMoves, closedBy }),
    agentsNamed: agentsNamed(own),
    headMoves,
    humanEditors: withoutRepeats(editors.filter(({ kind }) => kind === 'human')).map(({ login }) => login),
    reviews,
    submissions,
    rounds: submissions.filter(
      ({ verdict, reviewerKind }) => verdict === 'changes_requested' && reviewerKind === 'human',
    ).length,
    anomalies: [...ofCourse, ...anomalies, ...ofReviews],
  };
}
