import { type Actor, actorKind } from './actor';
import type { CAUSES, GaitEvent, Severity } from './event';
import { claimOf, mayTell, type Owner, ownerOfIncident, type TeamRules } from './ownership';
import { incidentRefOf, inRecordOrder } from './record';

/** Why an incident happened; `unrelated` = not change-related. */
export type Cause = (typeof CAUSES)[number];

/** `suggested` until a human confirms or rejects it. */
export type LinkStatus = 'suggested' | 'confirmed' | 'rejected';

/** An incident's link to a task. `confidence` in [0,1]; `linkedAt` (ms) is when the present status was set. */
export type FoldedLink = {
  readonly incidentRef: string;
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
  readonly url: string | null;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  /** True when other evidence names the incident but nobody reported it. */
  readonly neverOpened: boolean;
};

/** What a task needs to know of an incident that it is linked to. `team` is the slug of its owner. */
export type IncidentFact = {
  readonly ref: string;
  readonly severity: Severity | null;
  readonly cause: Cause | null;
  readonly team: string | null;
};

/** What a task needs to know about a link to be charged. */
export type IncidentLinkFact = Pick<FoldedLink, 'incidentRef' | 'status' | 'linkedAt'> &
  Pick<IncidentFact, 'severity' | 'cause'>;

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
  const { incident, task, by, reason = null } = event.data;
  const wasConfirmed = status === 'confirmed' || link?.wasConfirmed === true;
  return {
    incidentRef: incident.ref,
    taskRef: task.ref,
    status,
    confidence,
    linkedAt: event.at,
    by: by?.login ?? null,
    reason,
    wasConfirmed,
  };
}

/**
 * The links of one task to incidents. What a team's token says of a link counts where the incident is that team's, too, or nobody's.
 * @param heard the events of the task that count, in any order
 * @param incidents those that are known, by ref; a link to another waits until that one is
 */
export function foldLinks(
  heard: readonly GaitEvent[],
  incidents: ReadonlyMap<string, Pick<IncidentFact, 'team'>>,
): FoldedLink[] {
  const links = new Map<string, FoldedLink>();
  for (const event of inRecordOrder(heard)) {
    if (event.type !== 'dev.gait.incident.linked.v1') continue;
    const { ref } = event.data.incident;
    const incident = incidents.get(ref);
    const isOurs = !event.senderTeam || (incident?.team ?? event.senderTeam) === event.senderTeam;
    if (incident && isOurs) links.set(ref, foldLink(links.get(ref), event));
  }
  return [...links.values()].sort((a, b) => (a.incidentRef < b.incidentRef ? -1 : 1));
}

/** What an incident counts as of which nobody has said how grave it is: the lightest. */
export const UNSAID_SEVERITY: Severity = 'SEV4';

function step(incident: FoldedIncident, event: GaitEvent): FoldedIncident {
  switch (event.type) {
    case 'dev.gait.incident.opened.v1': {
      const { title, severity, url } = event.data.incident;
      const openedAt = incident.neverOpened ? event.at : incident.openedAt;
      // There is no event for reopening: an opening after the end is one.
      const reopens = incident.resolvedAt !== null && event.at > incident.resolvedAt;
      return {
        ...incident,
        title,
        severity,
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
    url: null,
    openedAt: first.at,
    resolvedAt: null,
    neverOpened: true,
  };
  return own.reduce(step, stub);
}

/** A folded incident and whose it is. Null when nothing that counts names it: a team may link a task of its own to an incident of nobody. */
export function placeIncident(
  ref: string,
  events: readonly GaitEvent[],
  rules: TeamRules,
): { incident: FoldedIncident; owner: Owner | null } | null {
  const own = inRecordOrder(events).filter((event) => incidentRefOf(event) === ref);
  const owner = ownerOfIncident(
    own.flatMap((event) => claimOf(event, 'incident') ?? []),
    rules,
  );
  const isLink = ({ type }: GaitEvent) => type === 'dev.gait.incident.linked.v1';
  const heard = own.filter((event) => mayTell(event, owner) || (owner === null && isLink(event)));
  const incident = foldIncident(ref, heard);
  return incident && { incident, owner };
}
