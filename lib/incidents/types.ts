import type { Severity } from '@/lib/domain/event';

export type IncidentLinkRow = {
  taskRef: string;
  taskTitle: string | null;
  status: 'suggested' | 'confirmed' | 'rejected';
  /** How sure the source of the suggestion is, in [0,1]. */
  confidence: number | null;
};

export type IncidentRow = {
  ref: string;
  /** Null while nobody has said it, as `severity`. */
  title: string | null;
  severity: Severity | null;
  cause: string | null;
  team: string | null;
  teamName: string | null;
  url: string | null;
  openedAt: string;
  resolvedAt: string | null;
  links: IncidentLinkRow[];
};

/** What a link between an incident and a task means for the lane of the task. */
export type LinkEffect = {
  team: string;
  category: string;
  /** As people read it: `Payments · Bug fixes`. */
  lane: string;
  /** What confirming would do, in one sentence. */
  consequence: string;
  /** Why nothing is charged although the link is confirmed; null when it is charged, or would be. */
  uncharged: string | null;
  /** Whether the incident names another team than that of the lane. */
  isOtherTeam: boolean;
};

/** A link as the screens show it. */
export type LinkDetails = IncidentLinkRow & { effect: LinkEffect | null };

export type IncidentsPage = {
  items: (Omit<IncidentRow, 'links'> & { links: LinkDetails[] })[];
  nextCursor: string | null;
};

export type IncidentList = { items: IncidentRow[]; nextCursor: string | null };
