import { z } from 'zod';
import type { EventCounts } from './report';

/** A row within an import: which data set, which table, which data row from 1. */
export type Place = {
  readonly dataset: number;
  readonly table: 'pullRequests' | 'reviews';
  readonly row: number;
};

const progressSchema = z.object({
  /** The last row of each table that was delivered, by `0/pullRequests`. Rows are delivered in order. */
  done: z.record(z.string(), z.number()),
  events: z.object({
    accepted: z.number(),
    duplicates: z.number(),
    differing: z.number(),
    rejected: z.number(),
  }),
  /** Rows that the receiver refused: `0/pullRequests/17` and why. */
  rejected: z.record(z.string(), z.array(z.string())),
});

/** How far an import has come. */
export type Progress = z.infer<typeof progressSchema>;

export function parseProgress(text: string): Progress | null {
  try {
    return progressSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** What an interrupted import leaves to the next one. */
export type Resumption = {
  /** Of the earlier runs. */
  readonly events: EventCounts;
  /** What became of a row in an earlier run; null when it is still to be sent. */
  earlier(place: Place): { rejected: readonly string[] } | null;
  settled(place: Place, rejected: readonly string[], events: EventCounts): void;
  progress(): Progress;
};

const tableKey = ({ dataset, table }: Place) => `${dataset}/${table}`;

const NONE: EventCounts = { accepted: 0, duplicates: 0, differing: 0, rejected: 0 };

export function resume(from: Progress | null): Resumption {
  const earlier = from ?? { done: {}, events: NONE, rejected: {} };
  const now: Progress = structuredClone(earlier);
  return {
    events: { ...earlier.events },
    earlier: (place) => {
      if (place.row > (earlier.done[tableKey(place)] ?? 0)) return null;
      return { rejected: earlier.rejected[`${tableKey(place)}/${place.row}`] ?? [] };
    },
    settled: (place, rejected, events) => {
      now.done[tableKey(place)] = place.row;
      now.events = { ...events };
      if (rejected.length > 0) now.rejected[`${tableKey(place)}/${place.row}`] = [...rejected];
    },
    progress: () => now,
  };
}
