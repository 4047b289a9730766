import type { Contradiction } from './course';
import type { TimelineCounts } from './index-tables';
import type { Tally } from './tally';

/** The rows of a table of pull requests: read = imported + repeated + refused. */
export type PullRequestCounts = { read: number; imported: number; repeated: number; refused: number };

/** The rows of a table of reviews: read = imported + orphans + refused. */
export type ReviewCounts = { read: number; imported: number; orphans: number; refused: number };

/** What became of one data set. Null where there was no such table. */
export type DatasetReport = {
  pullRequests: ({ file: string } & PullRequestCounts) | null;
  reviews: ({ file: string } & ReviewCounts) | null;
  timeline: ({ file: string } & TimelineCounts) | null;
  /** Pull requests on which the timeline and the table differ. */
  contradictions: Record<Contradiction, number>;
};

/** The events of all rows that went in: sent = accepted + duplicates + rejected. `differing` are among the duplicates. */
export type EventCounts = { accepted: number; duplicates: number; differing: number; rejected: number };

/** Decided tasks of agents, and those of them that somebody independent had reviewed before the decision. */
export type ReviewedCounts = { decided: number; reviewed: number };

export type ImportReport = {
  /** Not stopped half-way. */
  isComplete: boolean;
  datasets: DatasetReport[];
  events: EventCounts;
  tally: Tally;
  seconds: number;
};

export function emptyDatasetReport(): DatasetReport {
  return {
    pullRequests: null,
    reviews: null,
    timeline: null,
    contradictions: {
      merged_in_timeline_only: 0,
      merged_in_table_only: 0,
      closed_in_timeline_only: 0,
      out_of_order: 0,
    },
  };
}
