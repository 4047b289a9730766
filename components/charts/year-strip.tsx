'use client';

import { usePlotArea, useXAxisScale } from 'recharts';
import { yearSpans } from './years';

/** About as wide as the four digits, with air. */
const labelWidth = 32;

/** The years under the months, each where it begins. One that is too narrow to name stays unnamed; its neighbour tells. */
export function YearStrip({ from, to, top }: { from: number; to: number; top: number }) {
  const plot = usePlotArea();
  const scale = useXAxisScale();
  if (!plot || !scale) return null;
  const y = plot.y + plot.height + top;
  return (
    <g fontSize={11} fontWeight={500} fill="var(--muted)">
      {yearSpans(from, to).map((span, index) => {
        const x = scale(span.from) ?? plot.x;
        const width = (scale(span.to) ?? plot.x) - x;
        return (
          <g key={span.year}>
            {index > 0 ? (
              <line x1={x} x2={x} y1={y - 24} y2={y} stroke="var(--field-line)" strokeOpacity={0.6} />
            ) : null}
            {width >= labelWidth ? (
              <text x={x + (index > 0 ? 4 : 0)} y={y}>
                {span.year}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}
