import { type Category, classify } from '@/lib/domain/category';
import { type Charge, chargesOf, worthOf } from '@/lib/domain/charge';
import type { GaitEvent } from '@/lib/domain/event';
import { type FoldedLink, foldLinks, type IncidentFact } from '@/lib/domain/incident';
import { type Observation, observe, whyNoObservation } from '@/lib/domain/outcome';
import { claimOf, heardOf, ownerOfTask, repositoryOf, type TeamRules } from '@/lib/domain/ownership';
import { inRecordOrder, taskRefOf } from '@/lib/domain/record';
import { type FoldedTask, foldTask } from '@/lib/domain/task';

/** Where tasks stand whose team nobody has named. */
export const UNASSIGNED = { slug: 'unassigned', name: 'Unassigned' };

/** A task, folded and placed in its lane. */
export type PlacedTask = {
  task: FoldedTask;
  team: { slug: string; name: string };
  category: string;
  categoryReason: string;
  observation: Observation | null;
  links: FoldedLink[];
  charges: Charge[];
  /** How many events do not count, because a token of another team sent them. */
  unheard: number;
};

/** What placing needs to know of the organisation. */
export type Places = TeamRules & {
  categories: readonly Pick<Category, 'key'>[];
  protectedPaths: readonly string[];
};

/**
 * Says whose the task is, and folds what may be told of it: neither the order of arrival nor when its repository was assigned changes
 * the result.
 * @param incidents those that are known of the ones its events name
 */
export function placeTask(
  ref: string,
  events: readonly GaitEvent[],
  incidents: ReadonlyMap<string, IncidentFact>,
  places: Places,
): PlacedTask {
  const own = inRecordOrder(events).filter((event) => taskRefOf(event) === ref);
  const claims = own.flatMap((event) => claimOf(event, 'task') ?? []);
  const owner = ownerOfTask(ref, claims, places);
  const { heard, anomalies } = heardOf(own, owner);
  const folded = foldTask(ref, heard);
  const task = {
    ...folded,
    repository: repositoryOf(ref, claims),
    lastEventAt: folded.lastEventAt || (own.at(-1)?.at ?? 0),
    anomalies: [...folded.anomalies, ...anomalies],
  };
  const { category, reason } = classify(task, places.categories, places.protectedPaths);
  const observation = observe(task);
  const links = foldLinks(heard, incidents);
  const facts = links.flatMap((link) => {
    const incident = incidents.get(link.incidentRef);
    return incident ? [{ ...link, severity: incident.severity, cause: incident.cause }] : [];
  });
  return {
    task,
    team: owner ?? UNASSIGNED,
    category,
    categoryReason: reason,
    observation,
    links,
    charges: chargesOf(task, facts, observation),
    unheard: own.length - heard.length,
  };
}

/** What a task's row and its reviews say in sentences: made for whoever reads them, and never compared. */
export function sentencesOf({ task, categoryReason, observation }: PlacedTask) {
  return {
    categoryReason,
    outcomeReason: observation?.reason ?? whyNoObservation(task) ?? '',
    anomalies: [...task.anomalies],
    independentReasons: new Map(task.reviews.map(({ ref, independentReason }) => [ref, independentReason])),
  };
}

const at = (ms: number | null) => (ms === null ? null : new Date(ms));

/** The task's row, as columns. */
export function taskRow(orgId: string, placed: PlacedTask) {
  const { task, team, category, observation, charges } = placed;
  const { categoryReason, outcomeReason, anomalies } = sentencesOf(placed);
  return {
    org_id: orgId,
    ref: task.ref,
    title: task.title,
    url: task.url,
    repository: task.repository,
    team: team.slug,
    category,
    category_reason: categoryReason,
    agent: task.agent?.key ?? null,
    requester: task.requester?.login ?? null,
    state: task.state,
    opened_at: at(task.openedAt),
    decided_at: at(task.decidedAt),
    last_event_at: at(task.lastEventAt),
    agent_acted_at: at(task.agentActedAt),
    head_sha: task.headSha,
    labels: task.labels,
    additions: task.additions,
    deletions: task.deletions,
    files: task.files,
    outcome: observation?.outcome ?? null,
    outcome_reason: outcomeReason,
    score: observation ? worthOf(observation, charges) : null,
    anomalies,
  };
}

export function reviewRows(orgId: string, { task }: PlacedTask) {
  return task.reviews.map((review) => ({
    org_id: orgId,
    task_ref: task.ref,
    ref: review.ref,
    reviewer: review.reviewer,
    reviewer_kind: review.reviewerKind,
    verdict: review.verdict,
    independent: review.independent,
    independent_reason: review.independentReason,
    head_sha: review.headSha,
    submitted_at: at(review.submittedAt),
    dismissed_at: at(review.dismissedAt),
  }));
}

export function linkRows(orgId: string, { links }: PlacedTask) {
  return links.map(({ incidentRef, taskRef, status, confidence, linkedAt, by }) => ({
    org_id: orgId,
    incident_ref: incidentRef,
    task_ref: taskRef,
    status,
    confidence,
    linked_at: at(linkedAt),
    linked_by: by,
  }));
}

export function observationRows(orgId: string, { task, team, category, observation }: PlacedTask) {
  if (!observation) return [];
  const { at: decidedAt, outcome, score, merged, reviewed, hasty } = observation;
  return [
    {
      org_id: orgId,
      task_ref: task.ref,
      team: team.slug,
      category,
      at: at(decidedAt),
      outcome,
      score,
      merged,
      reviewed,
      hasty,
    },
  ];
}

export function chargeRows(orgId: string, { task, team, category, observation, charges }: PlacedTask) {
  return charges.map(({ key, at: chargedAt, severity }) => ({
    org_id: orgId,
    task_ref: task.ref,
    key,
    team: team.slug,
    category,
    at: at(chargedAt),
    severity,
    task_at: at(observation?.at ?? chargedAt),
    task_score: observation?.score ?? null,
  }));
}
