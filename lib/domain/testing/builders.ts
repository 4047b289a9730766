import type { GaitEvent, Severity } from '../event';
import type { Cause, LinkStatus } from '../incident';
import { actorOf, delayed, type Log, logged, type Span, STORY_START, type Who } from './event-log';

/** What a report may say about a task, besides its ref. */
export type ReportedFacts = Omit<
  Partial<Extract<GaitEvent, { type: 'dev.gait.task.opened.v1' }>['data']['task']>,
  'ref'
>;

type ReviewOptions = { ref?: string; headSha?: string | null };
type CloseOptions = { by?: Who; cause?: 'human' | 'agent' | 'inactivity' };

/** A task's story in words of the domain; each word yields a longer story and leaves the old one as it was. */
export type TaskStory = {
  readonly ref: string;
  readonly events: readonly GaitEvent[];
  /** Sets the time of the next event: so long after the last one. */
  after(span: Span): TaskStory;
  /** Sets the time of the next event, in ms. */
  at(ms: number): TaskStory;
  /** Opened by an agent (its key) on behalf of rita, unless the facts say otherwise; null = no agent was named. */
  openedBy(agent: string | null, facts?: ReportedFacts): TaskStory;
  updated(facts: ReportedFacts, by?: Who): TaskStory;
  /** A push: the head moves on. Nobody is named when `by` is left out. */
  pushed(by?: Who): TaskStory;
  /** Reviews belong to the present head, unless the options say otherwise (null = none was reported). */
  approvedBy(who: Who, options?: ReviewOptions): TaskStory;
  sentBackBy(who: Who, options?: ReviewOptions): TaskStory;
  commentedBy(who: Who, options?: ReviewOptions): TaskStory;
  /** Dismisses the latest review. */
  dismissed(): TaskStory;
  merged(by?: Who, facts?: ReportedFacts): TaskStory;
  closed(options?: CloseOptions): TaskStory;
  reverted(by?: Who): TaskStory;
  classifiedAs(category: string, by?: string, reason?: string): TaskStory;
};

type TaskPlot = { log: Log; head: number; reviews: readonly string[] };
type Verdict = 'approved' | 'changes_requested' | 'commented';

/** `{ by }` as events carry it: absent when nobody is named. */
const byOf = (who: Who | undefined) => (who === undefined ? {} : { by: actorOf(who) });

function tellTask(ref: string, plot: TaskPlot): TaskStory {
  const { log, head, reviews } = plot;
  const headSha = `head-${head}`;
  const on = (next: Log, rest: Partial<TaskPlot> = {}) => tellTask(ref, { ...plot, log: next, ...rest });
  const review = (verdict: Verdict, who: Who, options: ReviewOptions = {}) => {
    const reviewRef = options.ref ?? `${ref}/review-${reviews.length + 1}`;
    const sha = options.headSha === undefined ? headSha : options.headSha;
    const given = {
      ref: reviewRef,
      reviewer: actorOf(who),
      verdict,
      ...(sha === null ? {} : { headSha: sha }),
    };
    return on(logged(log, 'dev.gait.review.submitted.v1', { task: { ref }, review: given }), {
      reviews: [...reviews, reviewRef],
    });
  };
  return {
    ref,
    events: log.events,
    after: (span) => on(delayed(log, span)),
    at: (ms) => on({ ...log, at: ms }),
    openedBy: (agent, facts = {}) => {
      const requester = { login: 'rita', kind: 'human' as const };
      const task = {
        ref,
        requester,
        headSha,
        ...(agent === null ? {} : { agent: { key: agent } }),
        ...facts,
      };
      return on(logged(log, 'dev.gait.task.opened.v1', { task }));
    },
    updated: (facts, by) =>
      on(logged(log, 'dev.gait.task.updated.v1', { task: { ref, ...facts }, ...byOf(by) })),
    pushed: (by) => {
      const task = { ref, headSha: `head-${head + 1}` };
      return on(logged(log, 'dev.gait.task.updated.v1', { task, ...byOf(by) }), { head: head + 1 });
    },
    approvedBy: (who, options) => review('approved', who, options),
    sentBackBy: (who, options) => review('changes_requested', who, options),
    commentedBy: (who, options) => review('commented', who, options),
    dismissed: () => {
      const dismissal = { task: { ref }, review: { ref: reviews.at(-1) ?? `${ref}/review-1` } };
      return on(logged(log, 'dev.gait.review.dismissed.v1', dismissal));
    },
    merged: (by, facts = {}) =>
      on(logged(log, 'dev.gait.task.merged.v1', { task: { ref, headSha, ...facts }, ...byOf(by) })),
    closed: ({ by, cause } = {}) => {
      const data = { task: { ref }, ...byOf(by), ...(cause ? { cause } : {}) };
      return on(logged(log, 'dev.gait.task.closed.v1', data));
    },
    reverted: (by) => on(logged(log, 'dev.gait.task.reverted.v1', { task: { ref }, ...byOf(by) })),
    classifiedAs: (category, by = 'lena', reason = 'it is.') =>
      on(logged(log, 'dev.gait.task.classified.v1', { task: { ref }, category, by, reason })),
  };
}

/** Begins a task's story: `aTask('github:o/r#1').openedBy('claude-code').approvedBy('ana').merged()`. */
export function aTask(ref = 'github:acme/web#1'): TaskStory {
  return tellTask(ref, { log: { name: ref, at: STORY_START, events: [] }, head: 1, reviews: [] });
}

/** An incident's story, told as a task's is. */
export type IncidentStory = {
  readonly ref: string;
  readonly events: readonly GaitEvent[];
  after(span: Span): IncidentStory;
  at(ms: number): IncidentStory;
  opened(severity: Severity, facts?: { title?: string; team?: string; url?: string }): IncidentStory;
  updated(facts: { title?: string; severity?: Severity; cause?: Cause }): IncidentStory;
  linkedTo(task: string, status?: LinkStatus, options?: { confidence?: number; by?: Who }): IncidentStory;
  resolved(): IncidentStory;
};

function tellIncident(ref: string, log: Log): IncidentStory {
  const on = (next: Log) => tellIncident(ref, next);
  return {
    ref,
    events: log.events,
    after: (span) => on(delayed(log, span)),
    at: (ms) => on({ ...log, at: ms }),
    opened: (severity, facts = {}) => {
      const incident = { ref, title: `Incident ${ref}`, severity, ...facts };
      return on(logged(log, 'dev.gait.incident.opened.v1', { incident }));
    },
    updated: (facts) => on(logged(log, 'dev.gait.incident.updated.v1', { incident: { ref, ...facts } })),
    linkedTo: (task, status = 'suggested', { confidence, by } = {}) => {
      const sure = confidence === undefined ? {} : { confidence };
      const link = { incident: { ref }, task: { ref: task }, status, ...sure, ...byOf(by) };
      return on(logged(log, 'dev.gait.incident.linked.v1', link));
    },
    resolved: () => on(logged(log, 'dev.gait.incident.resolved.v1', { incident: { ref } })),
  };
}

/** Begins an incident's story: `anIncident('pd:7').opened('SEV2').linkedTo('github:o/r#1', 'confirmed', { by: 'lena' })`. */
export function anIncident(ref = 'pagerduty:7'): IncidentStory {
  return tellIncident(ref, { name: ref, at: STORY_START, events: [] });
}
