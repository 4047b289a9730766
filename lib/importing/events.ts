import { actorKind } from '@/lib/domain/actor';
import { type ParsedEvent, parseEvent } from '@/lib/events/schema';
import type { Course } from './course';
import type { PullRequest } from './read-pull-request';
import type { Review } from './read-review';

/** A CloudEvent as it goes over the wire. */
export type Envelope = {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  data: Readonly<Record<string, unknown>>;
};

/** An event that was checked against the same schema as the server's. */
export type CheckedEvent = { envelope: Envelope; parsed: Extract<ParsedEvent, { ok: true }> };

/** Drops what is undefined: events hold what is known, and nothing else. */
function known(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const actor = (login: string | undefined) => (login === undefined ? undefined : { login });

type Draft = { key: string; type: string; at: number; data: Record<string, unknown> };

function envelope(source: string, ref: string, { key, type, at, data }: Draft): Envelope {
  // Made of the row's identity alone: the same row gives the same event, however often and in whatever order it comes.
  return {
    specversion: '1.0',
    id: `${ref}/${key}`,
    source,
    type: `dev.gait.${type}.v1`,
    time: new Date(at).toISOString(),
    data,
  };
}

/**
 * The events of one pull request. Events of one moment are folded in the order of their ids,
 * so the keys begin with a digit that puts them into the order of things.
 */
export function eventsOfPullRequest(pr: PullRequest, source: string, course?: Course): Envelope[] {
  const { ref, agent, state, decidedAt } = pr;
  const isPerson = pr.author === undefined || actorKind({ login: pr.author }) === 'human';
  const task = known({
    ref,
    title: pr.title,
    url: pr.url,
    repository: pr.repository,
    team: pr.team,
    category: pr.category,
    agent: agent === undefined ? undefined : { key: agent },
    // Where the agent itself opened it, nobody is known to have asked.
    ...(isPerson ? { requester: actor(pr.author) } : { authors: [actor(pr.author)] }),
    labels: pr.labels,
    additions: pr.additions,
    deletions: pr.deletions,
    files: pr.files,
    headSha: course?.firstHead,
  });
  const drafts: Draft[] = [{ key: '0-opened', type: 'task.opened', at: pr.createdAt, data: { task } }];
  for (const [index, { at, headSha, by }] of (course?.pushes ?? []).entries()) {
    const key = `1-head/${String(index).padStart(4, '0')}/${headSha}`;
    drafts.push({ key, type: 'task.updated', at, data: known({ task: { ref, headSha }, by: actor(by) }) });
  }
  if (course?.labels) {
    const { at, names } = course.labels;
    drafts.push({ key: '2-labels', type: 'task.updated', at, data: { task: { ref, labels: names } } });
  }
  if (state !== 'open' && decidedAt !== undefined) {
    const by = pr.decidedBy ?? course?.decidedBy;
    // A later import that knows who decided adds that; one that knows no more adds nothing.
    const key = `${state === 'merged' ? '9-merged' : '8-closed'}${by === undefined ? '' : `/by/${by}`}`;
    const data = known({ task: known({ ref, headSha: pr.headSha }), by: actor(by) });
    drafts.push({ key, type: `task.${state}`, at: decidedAt, data });
  }
  return drafts.map((draft) => envelope(source, ref, draft));
}

export function eventsOfReview(
  review: Review,
  ref: string,
  source: string,
  headSha = review.headSha,
): Envelope[] {
  const reviewRef = `${ref}/review/${review.id}`;
  const given = known({ ref: reviewRef, reviewer: actor(review.reviewer), verdict: review.verdict, headSha });
  const drafts: Draft[] = [
    {
      key: `review/${review.id}`,
      type: 'review.submitted',
      at: review.submittedAt,
      data: { task: { ref }, review: given },
    },
  ];
  if (review.dismissedAt !== undefined) {
    const data = { task: { ref }, review: { ref: reviewRef } };
    drafts.push({
      key: `review/${review.id}/dismissed`,
      type: 'review.dismissed',
      at: review.dismissedAt,
      data,
    });
  }
  return drafts.map((draft) => envelope(source, ref, draft));
}

/** Checks a row's events; one that is not valid refuses the whole row, with reasons in the row's own words. */
export function checkEvents(
  envelopes: readonly Envelope[],
  now: number,
): CheckedEvent[] | { reasons: string[] } {
  const checked: CheckedEvent[] = [];
  const reasons = new Set<string>();
  for (const event of envelopes) {
    const parsed = parseEvent(event, now);
    if (parsed.ok) checked.push({ envelope: event, parsed });
    else for (const { pointer, message } of parsed.problems) reasons.add(`${wordOf(pointer)} ${message}`);
  }
  return reasons.size > 0 ? { reasons: [...reasons] } : checked;
}

function wordOf(pointer: string): string {
  const path = pointer.replace(/^\/(data\/)?((task|review)\/)?/, '').replaceAll('/', '.');
  return path === '' ? 'the row' : path;
}
