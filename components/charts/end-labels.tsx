'use client';

import { usePlotArea, useYAxisScale } from 'recharts';
import { formatLevel, formatScore } from '@/components/ui/numbers';
import type { TrustBar, TrustNow } from './trust-chart-types';

const gap = 14;

/** Pushes labels apart so that none covers another, from the top down. */
function spread(labels: { text: string; color: string; y: number }[]) {
  let last = Number.NEGATIVE_INFINITY;
  return labels
    .toSorted((a, b) => a.y - b.y)
    .map((label) => {
      last = Math.max(label.y, last + gap);
      return { ...label, y: last };
    });
}

/** What each line is, said at its right end. */
export function EndLabels({
  last,
  isNow,
  proven,
  bars,
}: {
  last: Pick<TrustNow, 'score'> | undefined;
  isNow: boolean;
  proven: number | null;
  bars: TrustBar[];
}) {
  const plot = usePlotArea();
  const toY = useYAxisScale();
  if (!plot || !toY || !last) return null;
  const at = (level: number) => toY(level) ?? 0;
  const labels = spread([
    {
      text: `${isNow ? 'score' : 'score then'} ${formatScore(last.score)}`,
      color: 'var(--walk)',
      y: at(last.score),
    },
    ...bars.map(({ gear, level }) => ({
      text: `${gear} bar ${formatLevel(level)}`,
      color: `var(--${gear})`,
      y: at(level),
    })),
    ...(proven === null
      ? []
      : [{ text: `proven ${formatLevel(proven)}`, color: 'var(--ink)', y: at(proven) }]),
  ]);
  return (
    <g fontSize={11} fontWeight={500}>
      {labels.map(({ text, color, y }) => (
        <text key={text} x={plot.x + plot.width + 8} y={y + 4} fill={color}>
          {text}
        </text>
      ))}
    </g>
  );
}
