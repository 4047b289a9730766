import type { Gear } from '@/lib/domain/gear';

/** What Gait says about a lane today. `insufficient_evidence` = nothing has matured yet. */
export type VerdictKind = 'promote' | 'hold' | 'tighten' | 'demote' | 'insufficient_evidence';

export type Risk = 'low' | 'medium' | 'high';

/**
 * The displayed estimate as of `at`, pooled over the organisation; never used for promotion. Levels and shares in [0,1]. `priorShare` of it
 * comes from `otherLanes` lanes with outcomes or, where there is none, from a neutral start.
 */
export type Score = {
  at: string;
  value: number;
  low: number;
  high: number;
  ownCount: number;
  priorShare: number;
  otherLanes: number;
};

export type LaneCounts = {
  /** Tasks merged or closed, ever. The denominator of every rate about the lane. */
  decided: number;
  /** Of those, with an independent review. */
  reviewed: number;
  merged: number;
  /** Approved within a minute of opening: looks like a rubber stamp. */
  hasty: number;
  /** Counted in the evidence of this epoch. */
  matured: number;
  /** Reviewed, and not yet 14 days old. */
  pending: number;
};

/** One cell of the map. */
export type LaneCell = {
  team: string;
  category: string;
  gear: Gear;
  ceiling: Gear;
  verdict: VerdictKind;
  /** The highest bar the evidence has proven, such as 0.85; null while none. As of the last task that matured. */
  proven: number | null;
  /**
   * Clean reviews still needed for the next gear, after those maturing: for its bar, and for the time in this gear. Null when none is
   * within reach or at the top.
   */
  cleanNeeded: number | null;
  /** When the last task matured, once the evidence fades for it; null while it does not. */
  idleSince: string | null;
  /** Days of fading so far: idle days beyond the first 30. Evidence halves with every 30 of them. */
  fadedDays: number;
  /** The same two figures with what has faded by now: what the next task that matures will find. */
  provenNow: number | null;
  cleanNeededNow: number | null;
  /** One sentence, as of now: what stops the next gear. Empty when nothing does. */
  blocker: string;
  tight: boolean;
  stale: boolean;
  recommendationId: string | null;
  lastMove: { kind: MoveKind; at: string } | null;
  /** Own mean score as each of the last 12 weeks left it, oldest first, in [0,1]; null = nothing happened that week, or no evidence yet. */
  spark: (number | null)[];
  counts: LaneCounts;
};

/** `corrected`: what had been said was taken back, and the lane's gear followed. */
export type MoveKind = 'accepted' | 'demoted' | 'tightened' | 'loosened' | 'voided' | 'corrected';

export type TeamRow = { slug: string; name: string; lanes: Record<string, LaneCell>; blocker: string };

export type CategoryColumn = { key: string; name: string; description: string; risk: Risk; ceiling: Gear };

export type WaitingRecommendation = {
  id: string;
  team: string;
  teamName: string;
  category: string;
  categoryName: string;
  from: Gear;
  to: Gear;
  openedAt: string;
  /** In sentences: what, why, how sure. */
  reasons: string[];
  approvals: { person: string; at: string }[];
  approvalsNeeded: number;
  /** How its evidence has faded below what it needs since then, in a sentence; null while it has not. */
  sinceThen: string | null;
};

export type MoveRow = {
  team: string;
  teamName: string;
  category: string;
  categoryName: string;
  at: string;
  from: Gear;
  to: Gear;
  kind: MoveKind;
  reason: string;
  people: string[];
  taskRef: string | null;
  /** Of an acceptance: what was accepted. */
  recommendationId: string | null;
  /** What was known at the move: evidence, threshold, counts. */
  evidence: Record<string, number | string | null>;
  policyVersion: number;
  /** Since when it stands no longer, and why; null while it stands. */
  withdrawn: { at: string; reason: string } | null;
};

/** `total` counts the moves of all pages. */
export type MovePage = { items: MoveRow[]; nextCursor: string | null; total: number };

export type Overview = {
  organisation: { slug: string; name: string; isSample: boolean };
  categories: CategoryColumn[];
  teams: TeamRow[];
  waiting: WaitingRecommendation[];
  /** Gear moves of the last seven days, newest first. */
  moves: MoveRow[];
  /** The last 90 days. */
  coverage: { reviewed: number; decided: number };
  lastEventAt: string | null;
  shadowAgents: string[];
};

/** A week of the trust chart. `week` is its Monday (UTC). Levels and scores in [0,1]. */
export type ChartWeek = {
  week: string;
  score: number;
  low: number;
  high: number;
  proven: number | null;
  gear: Gear;
  decided: number;
  reviewed: number;
};

export type EvidenceRow = {
  ref: string;
  title: string | null;
  agent: string | null;
  decidedAt: string;
  outcome: string;
  outcomeLabel: string;
  score: number | null;
  /** `counted`, `matures`, `older epoch`, `no evidence`. */
  standing: { kind: 'counted' | 'maturing' | 'older_epoch' | 'none'; at: string | null };
  /** `severity` is null for a revert, and where nobody has said it of the incident. */
  charges: { kind: 'revert' | 'incident'; severity: string | null; at: string; incidentRef: string | null }[];
};

/** One bar of the policy against the evidence, as of the last task that matured: promoted when `evidence >= needed`. */
export type BarProgress = {
  gear: Gear;
  bar: number;
  evidence: number;
  needed: number;
  met: boolean;
  cleanNeeded: number | null;
  cleanNeededAfterPending: number | null;
  expectedTasks: number | null;
  /** With what has faded by now. */
  now: { evidence: number; met: boolean; expectedTasks: number | null };
};

/** How many gear moves the page of one lane shows. */
export const LANE_MOVES = 50;

export type LanePage = {
  organisation: { slug: string; name: string; isSample: boolean };
  team: { slug: string; name: string };
  category: CategoryColumn;
  cell: LaneCell;
  reasons: string[];
  score: Score | null;
  epoch: number;
  /** Of the tasks counted in this epoch, those that were not clean. */
  notClean: number;
  inGear: number;
  minInGear: number;
  bars: BarProgress[];
  /** Tasks scoring 0 in a row that would demote; null in crawl. */
  failsToDemote: number | null;
  failsToTighten: number | null;
  weeks: ChartWeek[];
  /** Title and severity are null while nobody has said them. */
  incidents: {
    ref: string;
    title: string | null;
    severity: string | null;
    at: string;
    taskRef: string | null;
  }[];
  moves: MoveRow[];
  recommendation: WaitingRecommendation | null;
  evidence: EvidenceRow[];
  policyVersion: number;
  lastObservedAt: string | null;
};

export type TeamPage = {
  team: { slug: string; name: string };
  categories: CategoryColumn[];
  row: TeamRow;
  /** Newest first. */
  moves: MoveRow[];
};

export type LaneListRow = LaneCell & { teamName: string; categoryName: string };

export type LaneSort = 'team' | 'category' | 'gear' | 'proven' | 'decided' | 'reviewed';

export type LaneFilters = {
  team?: string | undefined;
  category?: string | undefined;
  gear?: Gear | undefined;
  verdict?: VerdictKind | undefined;
  sort?: LaneSort | undefined;
  descending?: boolean | undefined;
};

/** All lanes, those of a team, or one. */
export type LaneScope = { team?: string | undefined; category?: string | undefined };

export type LaneList = { items: LaneListRow[]; total: number };
