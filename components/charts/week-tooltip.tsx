'use client';

import { formatLevel, formatScore } from '@/components/ui/numbers';
import { formatDate } from '@/components/ui/time';
import type { TrustNow, TrustPoint } from './trust-chart-types';

const boxStyle = 'rounded-lg border border-line bg-card px-3 py-2 text-xs shadow-lg';

function NowTooltip({ now: { score, low, high } }: { now: TrustNow }) {
  return (
    <div className={boxStyle}>
      <p className="font-medium">Now</p>
      <p className="tnum text-muted">
        score {formatScore(score)}, {formatScore(low)} to {formatScore(high)}
      </p>
    </div>
  );
}

/** A week in words; where there is none, how it stands now. */
export function WeekTooltip({ point, now }: { point: TrustPoint | undefined; now: TrustNow | null }) {
  if (!point) return now && <NowTooltip now={now} />;
  const { at, score, low, high, proven, gear, decided, reviewed } = point;
  return (
    <div className={boxStyle}>
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
