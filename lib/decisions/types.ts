import type { MoveRow, WaitingRecommendation } from '@/lib/lanes/types';

export type RecommendationStatus = 'open' | 'accepted' | 'declined' | 'withdrawn';

export type DecisionRow = { person: string; at: string; action: 'accept' | 'decline'; reason: string };

export type RecommendationPage = WaitingRecommendation & {
  status: RecommendationStatus;
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

export type DecisionsPage = {
  open: RecommendationPage[];
  closed: RecommendationPage[];
  /** Gear moves, newest first. */
  moves: MoveRow[];
};
