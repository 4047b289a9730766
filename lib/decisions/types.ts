import type { MovePage, WaitingRecommendation } from '@/lib/lanes/types';

export type RecommendationStatus = 'open' | 'accepted' | 'declined' | 'withdrawn';

export type DecisionRow = { person: string; at: string; action: 'accept' | 'decline'; reason: string };

export type RecommendationPage = WaitingRecommendation & {
  status: RecommendationStatus;
  /** When Gait first said so, if that was more than a day after it opened by its evidence. */
  knownSince: string | null;
  closedAt: string | null;
  /** Why it was closed without a decision, such as evidence that fell below the bar. */
  closedReason: string | null;
  /** In sentences: what the agent may do after the move. */
  allows: string[];
  /** In sentences: what could go wrong. */
  risks: string[];
  /** In sentences: what would take the gear back. */
  undo: string[];
  decisions: DecisionRow[];
  /** Why the person who looks may not decide; null when they may. */
  cannotDecide: string | null;
  policyVersion: number;
};

/** A recommendation that was declined or withdrawn, as a line of a list. */
export type ClosedRow = Pick<WaitingRecommendation, 'id' | 'teamName' | 'categoryName' | 'from' | 'to'> & {
  status: RecommendationStatus;
  closedAt: string;
};

/** A page of a list; `total` counts what is on all of its pages. */
type Page<Item> = { items: Item[]; nextCursor: string | null; total: number };

export type DecisionsPage = {
  /** Those that wait, latest first, and those that were decided a moment ago; only the former are counted. */
  waiting: Page<RecommendationPage>;
  /** What was declined or withdrawn, latest end first. */
  closed: Page<ClosedRow>;
  /** Gear moves, newest first, with the acceptances. */
  moves: MovePage;
};

/** `team` narrows what has passed; the others are cursors, one a list. */
export type DecisionFilters = {
  team?: string | undefined;
  waiting?: string | undefined;
  log?: string | undefined;
  closed?: string | undefined;
};
