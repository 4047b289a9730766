export type ChartGear = 'crawl' | 'walk' | 'run';

/** A week as the chart draws it; `at` in milliseconds (UTC), levels in [0,1]. */
export type TrustPoint = {
  at: number;
  score: number;
  low: number;
  high: number;
  proven: number | null;
  gear: ChartGear;
  decided: number;
  reviewed: number;
  /** The week's tasks. */
  href: string;
};

export type TrustMark = { at: number; label: string; tone: 'move' | 'trouble' };

export type TrustBar = { gear: ChartGear; level: number };

export type TrustChartProps = { points: TrustPoint[]; marks: TrustMark[]; bars: TrustBar[] };
