import type { EvidenceNote, Move } from './evidence-note';
import type { LaneState, OpenRecommendation } from './lane-state';
import type { LaneWeek } from './lane-week';

export type { Move } from './evidence-note';

/** A move as it is written down: with its sentence, and what was known at that moment. */
export type LoggedMove = Move & { sentence: string; evidence: EvidenceNote };

export type RecommendationEnd = 'accepted' | 'declined' | 'withdrawn';

/** Where a fold writes what happened. */
export type LaneLog = {
  move(move: LoggedMove): void;
  /** A recommendation stands: it was opened, or someone has agreed and more are needed. */
  open(recommendation: OpenRecommendation): void;
  close(recommendation: OpenRecommendation, end: RecommendationEnd, at: number): void;
  week(week: LaneWeek): void;
  /** A good place to replay from: every entry up to `at` is in the state. The state is only to be read. */
  snapshot(state: LaneState, at: number): void;
};
