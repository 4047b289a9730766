import type { Gear } from '../gear';
import { type DecayedSums, NO_OUTCOMES } from '../trust/decay';
import { decodeEngine, type EncodedEngine, encodeEngine } from '../trust/engine-codec';
import { createEngine, type EngineState } from '../trust/engine-state';
import type { EvidenceNote } from './evidence-note';
import type { Position } from './lane-entry';
import type { LaneWeek } from './lane-week';

export type Approval = { personId: string; person: string; at: number; reason: string };

/** A recommendation that waits for people. `key` is unique within the lane and the same in every replay. */
export type OpenRecommendation = {
  key: string;
  from: Gear;
  to: Gear;
  openedAt: number;
  approvals: Approval[];
  /** What was said when it opened: for a version before this one. Read it from the evidence, by `explainRecommendation`. */
  reasons: string[];
  /** What was known when it opened. */
  evidence: EvidenceNote;
};

/** Everything a lane's fold knows after its last entry. Held small: it does not grow with the lane's history. */
export type LaneState = {
  engine: EngineState;
  /** Time of the last entry or maturity taken in; null before the first. */
  at: number | null;
  /** Entries taken in so far, and how many when the last snapshot was offered. */
  entries: number;
  entriesAtSnapshot: number;
  /** Where each epoch after the first began. */
  epochStarts: Position[];
  recommendation: OpenRecommendation | null;
  /** After a refusal the same gear is not recommended again until so many tasks have matured. */
  declined: { to: Gear; untilMatured: number } | null;
  sums: DecayedSums;
  counts: { decided: number; reviewed: number; merged: number; hasty: number };
  /** The week being filled; its level and gear are set when it is read. */
  week: LaneWeek | null;
  /** Mean decayed score of the latest weeks with evidence, oldest first; 12 at most. */
  recent: { week: number; mean: number }[];
  lastMove: { kind: string; at: number } | null;
  lastObservedAt: number | null;
};

export type EncodedLane = Omit<LaneState, 'engine'> & { engine: EncodedEngine };

export function createLane(): LaneState {
  return {
    engine: createEngine(),
    at: null,
    entries: 0,
    entriesAtSnapshot: 0,
    epochStarts: [],
    recommendation: null,
    declined: null,
    sums: NO_OUTCOMES,
    counts: { decided: 0, reviewed: 0, merged: 0, hasty: 0 },
    week: null,
    recent: [],
    lastMove: null,
    lastObservedAt: null,
  };
}

/** A plain JSON value that shares nothing with the state. */
export function encodeLane(state: LaneState): EncodedLane {
  const { engine, ...rest } = state;
  return { ...structuredClone(rest), engine: encodeEngine(engine) };
}

export function decodeLane(encoded: EncodedLane): LaneState {
  const { engine, ...rest } = encoded;
  return { ...structuredClone(rest), engine: decodeEngine(engine) };
}
