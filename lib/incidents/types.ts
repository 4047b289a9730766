import type { Severity } from '@/lib/domain/event';

export type IncidentLinkRow = {
  taskRef: string;
  taskTitle: string;
  status: 'suggested' | 'confirmed' | 'rejected';
  /** How sure the source of the suggestion is, in [0,1]. */
  confidence: number | null;
};

export type IncidentRow = {
  ref: string;
  title: string;
  severity: Severity;
  cause: string | null;
  team: string | null;
  teamName: string | null;
  url: string | null;
  openedAt: string;
  resolvedAt: string | null;
  links: IncidentLinkRow[];
};

export type IncidentList = { items: IncidentRow[]; nextCursor: string | null };
