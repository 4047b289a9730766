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

/** The score as it stands at this moment, fading included; `at` in milliseconds. */
export type TrustNow = { at: number; score: number; low: number; high: number };

export type TrustMark = { at: number; label: string; tone: 'move' | 'trouble' };

export type TrustBar = { gear: ChartGear; level: number };

export type TrustChartProps = {
  points: TrustPoint[];
  now: TrustNow | null;
  marks: TrustMark[];
  bars: TrustBar[];
};
