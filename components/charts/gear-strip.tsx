'use client';

import { usePlotArea, useXAxisScale } from 'recharts';
import type { ChartGear, TrustPoint } from './trust-chart-types';

const height = 15;

type Stretch = { gear: ChartGear; from: number; to: number };

/** Joins weeks of one gear into stretches. */
function stretchesOf(points: readonly TrustPoint[], end: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { at, gear } of points) {
    const last = stretches.at(-1);
    if (last?.gear === gear) continue;
    if (last) last.to = at;
    stretches.push({ gear, from: at, to: end });
  }
  return stretches;
}

/** The gear under the axis, by colour and, where there is room, by word. */
export function GearStrip({ points, end }: { points: TrustPoint[]; end: number }) {
  const plot = usePlotArea();
  const scale = useXAxisScale();
  if (!plot || !scale) return null;
  const top = plot.y + plot.height + 4;
  return (
    <g>
      {stretchesOf(points, end).map(({ gear, from, to }) => {
        const x = scale(from) ?? plot.x;
        const width = Math.max(1, (scale(to) ?? plot.x) - x - 1);
        return (
          <g key={from} fill={`var(--${gear})`}>
            <rect x={x} y={top} width={width} height={height} rx={3} fill={`var(--${gear}-soft)`} />
            <rect x={x} y={top} width={Math.min(3, width)} height={height} rx={1} />
            {width > 44 ? (
              <text x={x + 8} y={top + 11} fontSize={11} fontWeight={500}>
                {gear}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}
