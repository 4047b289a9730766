import type { Change } from '@/lib/domain/audit/changes';

export type AuditFilters = {
  who?: string | undefined;
  act?: string | undefined;
  target?: string | undefined;
  /** Days in UTC, both included. */
  from?: string | undefined;
  to?: string | undefined;
};

/**
 * A target as people know it: the kind and the key of `kind:key`, and its name where there is one. Of what is gone, the name that the
 * entry itself holds; null where it holds none.
 */
export type AuditSubject = { kind: string; key: string; name: string | null; isGone: boolean };

export type AuditRow = {
  seq: number;
  at: string;
  /** Who did it, and how Gait knew them. */
  who: string;
  authenticatedBy: string | null;
  act: string;
  target: string;
  /** What it was done to, by its name. */
  subject: AuditSubject;
  changes: readonly Change[];
  reason: string | null;
  requestId: string | null;
  policyVersion: number | null;
  hash: string;
};

/** How the record stands: what the page says above its entries. */
export type AuditStanding = {
  /** Entries that are there, and how many retention has removed before them. */
  entries: number;
  removed: number;
  verified: { at: string; upTo: number; problem: string | null } | null;
  checkpoint: { size: number; at: string; note: string } | null;
  /** The latest verifier key first. */
  keys: readonly string[];
  file: { sentAt: string | null; upTo: number; error: string | null } | null;
  webhook: {
    url: string;
    sentAt: string | null;
    upTo: number;
    failures: number;
    error: string | null;
    nextAt: string | null;
  } | null;
  retentionDays: number;
  /** What does not match, while nobody has acknowledged it. */
  alarm: AuditAlarmView | null;
  /** Alarms that somebody has acknowledged, the latest first. */
  acknowledged: readonly AcknowledgedAlarm[];
};

/** `title` is a heading; `what` says it in sentences. */
export type AuditAlarmView = { title: string; what: string; foundAt: string };

/** `what` was missing, in a sentence; who took note of it, when, and why. */
export type AcknowledgedAlarm = { id: string; what: string; by: string; at: string; reason: string };

export type AuditPage = {
  items: readonly AuditRow[];
  /** `before` of the next page; null on the last. */
  nextCursor: string | null;
  /** The acts that the record holds. */
  acts: readonly string[];
  standing: AuditStanding;
  /** Whether who looks may change how the record is kept. */
  mayKeep: boolean;
  mayAcknowledge: boolean;
};
