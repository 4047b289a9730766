import type { Problem } from './schema';

/** What became of one event of a request, in the order they were sent. */
export type ItemResult = {
  index: number;
  id: string | null;
  status: 'accepted' | 'duplicate' | 'rejected';
  errors?: Problem[];
  /** Of a duplicate whose data differ from what stands in the record, a sentence that says so. */
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
