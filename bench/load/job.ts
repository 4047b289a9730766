/** What the load process is told, and what it says when it is done. */
export type LoadJob = {
  url: string;
  path: string;
  token: string | null;
  connections: number;
  seconds: number;
  /** The `source` of its events: unique, so that none is a repeat. */
  source: string;
};

export type LoadResult = { perSecond: number; failed: number; p50: number; p99: number };
