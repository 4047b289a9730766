import type { Severity } from '../event';
import type { Gear } from '../gear';

/**
 * What a lane's fold reads, one after the other: its observations, the bad news that came later, and what
 * people decided. All times `at` in milliseconds since 1970 (UTC).
 */
export type LaneEntry = ObservationEntry | ChargeEntry | DecisionEntry;

export type ObservationEntry = {
  kind: 'observation';
  at: number;
  ref: string;
  /** In [0,1]; null is no evidence, but is counted. */
  score: number | null;
  merged: boolean;
  reviewed: boolean;
  hasty: boolean;
};

/** A charge: a revert, or an incident that a person confirmed. */
export type LateNews = { at: number; key: string; severity: Severity | null };

export type ChargeEntry = LateNews & {
  kind: 'charge';
  ref: string;
  /** The task's own observation, as it was decided. */
  task: { at: number; score: number | null };
  /** Charges on the same task that stand before this one, in lane order. */
  earlier: readonly LateNews[];
};

export type DecisionEntry = {
  kind: 'decision';
  at: number;
  id: string;
  action: 'accept' | 'decline';
  to: Gear;
  person: { id: string; name: string };
  reason: string;
};

/** A place in the lane's order. Does not depend on arrival. */
export type Position = { at: number; rank: number; key: string };

export function positionOf(entry: LaneEntry): Position {
  switch (entry.kind) {
    case 'observation':
      return { at: entry.at, rank: 0, key: entry.ref };
    case 'charge':
      return { at: entry.at, rank: 1, key: `${entry.ref}\u0001${entry.key}` };
    case 'decision':
      return { at: entry.at, rank: 2, key: entry.id };
    default:
      return entry satisfies never;
  }
}

/** Order of the lane: by time; at one instant observations, then charges, then decisions; then by key. */
export function comparePositions(a: Position, b: Position): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.rank !== b.rank) return a.rank - b.rank;
  return a.key === b.key ? 0 : a.key < b.key ? -1 : 1;
}

/** Sorts entries into lane order. */
export function inLaneOrder(entries: readonly LaneEntry[]): LaneEntry[] {
  return entries
    .map((entry) => ({ entry, position: positionOf(entry) }))
    .sort((a, b) => comparePositions(a.position, b.position))
    .map(({ entry }) => entry);
}
