import type { Problem } from './schema';

/** How an event differs from the one that its sender's team has in the record under its source and id. */
export type Difference = 'type' | 'data' | 'both';

/** What became of one event of a request, in the order they were sent. */
export type ItemResult = {
  index: number;
  id: string | null;
  status: 'accepted' | 'duplicate' | 'rejected';
  errors?: Problem[];
  /** Rejected because the record holds another event under its source and id. */
  code?: 'conflict';
  /** That an accepted event counts for less than its sender may expect. */
  note?: string;
};

/** The answer to a write: the three counts add up to the number of items. */
export type RecordResult = {
  accepted: number;
  duplicates: number;
  rejected: number;
  items: ItemResult[];
  /** The rows of the work list that this write left to the projector. */
  workIds: string[];
};
