'use client';

import { usePlotArea, useXAxisScale } from 'recharts';
import { yearSpans } from './years';

/** About as wide as the four digits, with air. */
const labelWidth = 32;

/** The years under the months, each where it begins. One without room stays unnamed: the next one tells. The last has the margin. */
export function YearStrip({ from, to, top }: { from: number; to: number; top: number }) {
  const plot = usePlotArea();
  const scale = useXAxisScale();
  if (!plot || !scale) return null;
  const y = plot.y + plot.height + top;
  const spans = yearSpans(from, to);
  return (
    <g fontSize={11} fontWeight={500} fill="var(--muted)">
      {spans.map((span, index) => {
        const x = scale(span.from) ?? plot.x;
        const hasRoom = index === spans.length - 1 || (scale(span.to) ?? plot.x) - x >= labelWidth;
        return (
          <g key={span.year}>
            {index > 0 ? (
              <line x1={x} x2={x} y1={y - 24} y2={y} stroke="var(--field-line)" strokeOpacity={0.6} />
            ) : null}
            {hasRoom ? (
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
