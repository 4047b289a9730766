import type { TrustNow, TrustPoint } from '@/components/charts/trust-chart-types';
import { formatLevel, formatScore, plural } from '@/components/ui/numbers';
import { MOSTLY_BORROWED } from '@/lib/domain/trust/pooling';
import type { LanePage } from '@/lib/lanes/types';

/** Where too little of it is the lane's own, the chart ends with its last week. */
export function nowOf({ score }: Pick<LanePage, 'score'>): TrustNow | null {
  if (!score || score.priorShare > MOSTLY_BORROWED) return null;
  return { at: Date.parse(score.at), score: score.value, low: score.low, high: score.high };
}

/** The chart in words, for who cannot see it. */
export function summaryOf(points: readonly TrustPoint[], now: TrustNow | null): string {
  const last = points.at(-1);
  if (!last) return '';
  const { score, low, high } = now ?? last;
  const proven = last.proven === null ? 'nothing proven' : `proven at least ${formatLevel(last.proven)}`;
  return `Trust over ${plural(points.length, 'week')}: ${now ? 'score now' : 'score then'} ${formatScore(score)}, between ${formatScore(low)} and ${formatScore(high)}; ${proven}. The table below has every week.`;
}
