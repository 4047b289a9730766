/** One thing that was measured, held against its limit. */
export type Figure = {
  name: string;
  value: number;
  /** What the value is counted in, such as `×`, `s` or `MB`. */
  unit: string;
  /** Null: nothing is asked of it, it is there to compare with. */
  limit: { least: number } | { most: number } | null;
  /** The figures it was made of. */
  raw: string;
};

/** What a part of the benchmark found. */
export type Section = {
  title: string;
  /** What was measured, and how: one line. */
  how: string;
  figures: Figure[];
};

export function figure(
  name: string,
  value: number,
  unit: string,
  limit: Figure['limit'],
  raw: string,
): Figure {
  return { name, value, unit, limit, raw };
}

/** By how much the limit is missed, as a share of it; 0 or less: it is kept. */
export function missedBy({ value, limit }: Figure): number {
  if (limit === null) return 0;
  return 'least' in limit ? 1 - value / limit.least : value / limit.most - 1;
}
