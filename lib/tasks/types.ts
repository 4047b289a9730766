import type { Severity } from '@/lib/domain/event';
import type { LinkDetails } from '@/lib/incidents/types';

export type TaskState = 'open' | 'merged' | 'closed';

export type TaskRow = {
  ref: string;
  /** Null where no event has one. */
  title: string | null;
  url: string | null;
  repository: string | null;
  team: string;
  teamName: string;
  category: string;
  categoryName: string;
  agent: string | null;
  state: TaskState;
  openedAt: string | null;
  decidedAt: string | null;
  lastEventAt: string;
  outcome: string | null;
  outcomeLabel: string | null;
  score: number | null;
  incidentCount: number;
};

/** What a weekly report counts a task as: an agent's that was decided, among them those reviewed independently and those merged; or nobody's. */
export const COUNTED = ['decided', 'reviewed', 'merged', 'without-agent'] as const;
export type Counted = (typeof COUNTED)[number];

export type TaskFilters = {
  team?: string | undefined;
  category?: string | undefined;
  agent?: string | undefined;
  state?: TaskState | undefined;
  outcome?: string | undefined;
  q?: string | undefined;
  /** Decided in the seven days from this one, such as 2026-11-16, by the clocks of `zone` (UTC where none is said). */
  week?: string | undefined;
  zone?: string | undefined;
  counted?: Counted | undefined;
};

export type TaskList = { items: TaskRow[]; nextCursor: string | null };

/** `total`: how many there are on all pages, where a week is said; null of lists that may be of any length. */
export type TasksPage = TaskList & { total: number | null };

export type ReviewRow = {
  ref: string;
  reviewer: string;
  reviewerKind: string;
  verdict: string;
  independent: boolean;
  independentReason: string;
  headSha: string | null;
  submittedAt: string;
  dismissedAt: string | null;
  /** Why it came too late to count, in a sentence; null when it did not. */
  late: string | null;
  /** What to know of one that was recorded by hand once the decision was known, in a sentence; null of all others. */
  hindsight: string | null;
};

/** How an event came to Gait: typed in by a person, with a token, or by a command on Gait's own machine. */
export type ReceivedFrom = { kind: 'hand' | 'token' | 'job'; name: string };

export type EventRow = {
  source: string;
  id: string;
  type: string;
  time: string;
  receivedAt: string;
  /** When it was received, if that was more than a day after it happened. */
  knownSince: string | null;
  receivedFrom: ReceivedFrom | null;
  summary: string;
  data: unknown;
};

/** An incident that is linked to the task, or may be. */
export type LinkedIncident = Omit<LinkDetails, 'taskRef' | 'taskTitle'> & {
  ref: string;
  title: string | null;
  severity: Severity | null;
  /** When the link was given its present status. */
  linkedAt: string;
};

export type TaskPage = TaskRow & {
  requester: string | null;
  headSha: string | null;
  labels: string[];
  additions: number | null;
  deletions: number | null;
  files: number | null;
  categoryReason: string;
  /** One sentence: what the task was worth, and why. */
  outcomeReason: string;
  /** What in the record contradicts itself, in sentences. */
  anomalies: string[];
  standing: { kind: 'counted' | 'maturing' | 'older_epoch' | 'none'; at: string | null };
  reviews: ReviewRow[];
  /** When it was reverted, if that is charged to it. */
  revertedAt: string | null;
  incidents: LinkedIncident[];
  events: EventRow[];
};
