'use client';

import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { TrustMark, TrustPoint } from './trust-chart-types';

/** About as wide as a label's letter. */
const letterWidth = 6.2;

function scoreAt(points: readonly TrustPoint[], at: number): number {
  const after = points.findIndex((point) => point.at >= at);
  const right = points[after] ?? points.at(-1);
  const left = points[after - 1] ?? right;
  if (!left || !right || left.at === right.at) return right?.score ?? 0;
  return left.score + ((right.score - left.score) * (at - left.at)) / (right.at - left.at);
}

/** Gear changes and incidents: a dotted line, a ring on the score, and a label where it does not cover another. */
export function ChartMarks({ marks, points }: { marks: TrustMark[]; points: TrustPoint[] }) {
  const plot = usePlotArea();
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  if (!plot || !toX || !toY) return null;
  const taken = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const right = plot.x + plot.width;
  return (
    <g>
      {marks.map(({ at, label, tone }) => {
        const x = toX(at) ?? plot.x;
        const width = label.length * letterWidth;
        const start = x + width + 6 > right ? x - width - 6 : x + 5;
        const row = taken.findIndex((edge) => edge < start);
        if (row >= 0) taken[row] = start + width + 8;
        const color = tone === 'trouble' ? 'var(--red)' : 'var(--ink)';
        return (
          <g key={`${at}${label}`}>
            <line
              x1={x}
              x2={x}
              y1={plot.y - (row >= 0 ? 18 - row * 13 : 0)}
              y2={plot.y + plot.height}
              stroke={color}
              strokeOpacity={0.55}
              strokeDasharray="1.5 3"
            />
            <circle
              cx={x}
              cy={toY(scoreAt(points, at)) ?? 0}
              r={4}
              fill="var(--card)"
              stroke={color}
              strokeWidth={1.75}
            />
            {row >= 0 ? (
              <text x={start} y={plot.y - 10 + row * 13} fontSize={11} fill={color}>
                {label}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}
