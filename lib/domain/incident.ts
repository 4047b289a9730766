import { type Actor, actorKind } from './actor';
import type { CAUSES, GaitEvent, Severity } from './event';
import { incidentRefOf, inRecordOrder } from './record';

/** Why an incident happened; `unrelated` = not change-related. */
export type Cause = (typeof CAUSES)[number];

/** `suggested` until a human confirms or rejects it. */
export type LinkStatus = 'suggested' | 'confirmed' | 'rejected';

/** An incident's link to a task. `confidence` in [0,1]; `linkedAt` (ms) is when the present status was set. */
export type FoldedLink = {
  readonly taskRef: string;
  readonly status: LinkStatus;
  readonly confidence: number | null;
  readonly linkedAt: number;
  readonly by: string | null;
  /** What was given as the reason for the present status. */
  readonly reason: string | null;
  /** Whether it was confirmed at any time, whatever it is now. */
  readonly wasConfirmed: boolean;
};

/** An incident as its events tell it. Times in ms since 1970 (UTC). */
export type FoldedIncident = {
  readonly ref: string;
  /** Null while nobody has said it, as `severity`. */
  readonly title: string | null;
  readonly severity: Severity | null;
  readonly cause: Cause | null;
  readonly team: string | null;
  readonly url: string | null;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  readonly links: readonly FoldedLink[];
  /** True when other evidence names the incident but nobody reported it. */
  readonly neverOpened: boolean;
};

/** What a task needs to know about a link to be charged. */
export type IncidentLinkFact = {
  readonly incidentRef: string;
  readonly status: LinkStatus;
  readonly linkedAt: number;
  readonly severity: Severity | null;
  readonly cause: Cause | null;
};

type LinkEvent = Extract<GaitEvent, { type: 'dev.gait.incident.linked.v1' }>;

/** Only people decide about links: what a machine confirms or rejects is a suggestion. */
function statusOf(event: LinkEvent): LinkStatus {
  const by: Actor | undefined = event.data.by;
  return by && actorKind(by) !== 'human' ? 'suggested' : event.data.status;
}

/** The latest status stands, but a suggestion never takes back a decision, and nobody's word no confirmation. */
function foldLink(link: FoldedLink | undefined, event: LinkEvent): FoldedLink {
  const status = statusOf(event);
  const confidence = event.data.confidence ?? link?.confidence ?? null;
  if (link && (status === link.status || status === 'suggested')) return { ...link, confidence };
  // It raises what a lane has proven, so somebody has to stand for it.
  if (link?.status === 'confirmed' && event.data.by === undefined) return { ...link, confidence };
  const { task, by, reason = null } = event.data;
  const wasConfirmed = status === 'confirmed' || link?.wasConfirmed === true;
  return {
    taskRef: task.ref,
    status,
    confidence,
    linkedAt: event.at,
    by: by?.login ?? null,
    reason,
    wasConfirmed,
  };
}

function foldLinks(events: readonly GaitEvent[]): FoldedLink[] {
  const links = new Map<string, FoldedLink>();
  for (const event of events) {
    if (event.type !== 'dev.gait.incident.linked.v1') continue;
    const { ref } = event.data.task;
    links.set(ref, foldLink(links.get(ref), event));
  }
  return [...links.values()].sort((a, b) => (a.taskRef < b.taskRef ? -1 : 1));
}

/** What an incident counts as of which nobody has said how grave it is: the lightest. */
export const UNSAID_SEVERITY: Severity = 'SEV4';

function step(incident: FoldedIncident, event: GaitEvent): FoldedIncident {
  switch (event.type) {
    case 'dev.gait.incident.opened.v1': {
      const { title, severity, team, url } = event.data.incident;
      const openedAt = incident.neverOpened ? event.at : incident.openedAt;
      // There is no event for reopening: an opening after the end is one.
      const reopens = incident.resolvedAt !== null && event.at > incident.resolvedAt;
      return {
        ...incident,
        title,
        severity,
        team: team ?? incident.team,
        url: url ?? incident.url,
        openedAt,
        resolvedAt: reopens ? null : incident.resolvedAt,
        neverOpened: false,
      };
    }
    case 'dev.gait.incident.updated.v1': {
      const { title, severity, cause } = event.data.incident;
      return {
        ...incident,
        title: title ?? incident.title,
        severity: severity ?? incident.severity,
        cause: cause ?? incident.cause,
      };
    }
    case 'dev.gait.incident.resolved.v1':
      return { ...incident, resolvedAt: incident.resolvedAt ?? event.at };
    default:
      return incident;
  }
}

/**
 * Folds the events of one incident, in any order and with repeats; null when none names it.
 * Title, severity and cause: the latest stands. Opened: the earliest report, or else the earliest event.
 */
export function foldIncident(ref: string, events: readonly GaitEvent[]): FoldedIncident | null {
  const own = inRecordOrder(events).filter((event) => incidentRefOf(event) === ref);
  const first = own[0];
  if (!first) return null;
  const stub: FoldedIncident = {
    ref,
    title: null,
    severity: null,
    cause: null,
    team: null,
    url: null,
    openedAt: first.at,
    resolvedAt: null,
    links: [],
    neverOpened: true,
  };
  return { ...own.reduce(step, stub), links: foldLinks(own) };
}

/** What an incident says about one task. Empty when they are not linked. */
export function linkFactsOf(incident: FoldedIncident, taskRef: string): IncidentLinkFact[] {
  return incident.links
    .filter((link) => link.taskRef === taskRef)
    .map(({ status, linkedAt }) => ({
      incidentRef: incident.ref,
      status,
      linkedAt,
      severity: incident.severity,
      cause: incident.cause,
    }));
}
