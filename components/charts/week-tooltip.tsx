'use client';

import { formatLevel, formatScore } from '@/components/ui/numbers';
import { formatDate } from '@/components/ui/time';
import type { TrustPoint } from './trust-chart-types';

/** A week in words. */
export function WeekTooltip({ point }: { point: TrustPoint | undefined }) {
  if (!point) return null;
  const { at, score, low, high, proven, gear, decided, reviewed } = point;
  return (
    <div className="rounded-lg border border-line bg-card px-3 py-2 text-xs shadow-lg">
      <p className="font-medium">Week of {formatDate(at, 'dayOfYear')} (UTC)</p>
      <p className="tnum text-muted">
        score {formatScore(score)}, {formatScore(low)} to {formatScore(high)}
      </p>
      <p className="tnum text-muted">
        {proven === null ? 'nothing proven' : `proven ≥ ${formatLevel(proven)}`} · {gear}
      </p>
      <p className="tnum text-muted">
        {reviewed} of {decided} decided tasks reviewed
      </p>
      <p className="mt-1 text-walk">Click to open these tasks</p>
    </div>
  );
}
