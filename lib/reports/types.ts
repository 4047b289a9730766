import type { ReportContent } from '@/lib/domain/report/content';

/** Why a report counts no more, and since when. */
export type Voided = { at: string; reason: string };

/**
 * A report as it was frozen. `hash`: SHA-256 of the content as canonical JSON, in hex, as the audit log has it. `edition`: above 1 where the
 * ones before are void.
 */
export type FrozenReport = {
  content: ReportContent;
  frozenAt: string;
  hash: string;
  edition: number;
  voided: Voided | null;
};

/** A report in the list: enough to choose by. `team` null: of the organisation. */
export type ReportRow = {
  week: string;
  team: { slug: string; name: string } | null;
  answer: string;
  frozenAt: string;
  gears: ReportContent['gears'];
  decided: number;
  reviewed: number;
};

/** A void report in the list. */
export type VoidRow = { week: string; edition: number; reason: string };

export type ReportFailureRow = {
  week: string;
  team: { slug: string; name: string } | null;
  attempts: number;
  error: string;
  nextTryAt: string;
};

export type ReportList = {
  teams: { slug: string; name: string }[];
  /** Newest week first. */
  items: ReportRow[];
  nextCursor: string | null;
  /** Newest week first; only with the newest items. */
  voids: VoidRow[];
  failures: ReportFailureRow[];
};

export type ReportPage = FrozenReport & {
  team: { slug: string; name: string } | null;
  /** Other editions of the same week: all are void but for one at most. */
  editions: number[];
  /** Weeks of the same team beside it, where they are frozen. */
  previous: string | null;
  next: string | null;
  /** What came in about the week after it was frozen, in sentences. */
  since: string[];
  /** Of the latest report: what happened after the end of its week, in sentences. */
  afterwards: string[];
};

/** A report beside another week of the same team. `other` null: no other is frozen. `weeks`: those to choose from, newest first. */
export type ReportComparison = { report: ReportContent; other: ReportContent | null; weeks: string[] };

/** When reports are due. `team` null: of the organisation, and of every team without a row of its own. `weekday` 1 = Monday. */
export type ScheduleRow = {
  team: { slug: string; name: string } | null;
  weekday: number;
  hour: number;
  minute: number;
  zone: string;
  isSent: boolean;
};

export type ReportSettings = {
  canSend: boolean;
  teams: { slug: string; name: string }[];
  schedules: ScheduleRow[];
};
