'use client';

import { useRouter } from 'next/navigation';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { formatLevel } from '@/components/ui/numbers';
import { ChartMarks } from './chart-marks';
import { EndLabels } from './end-labels';
import { GearStrip } from './gear-strip';
import { monthTicks } from './month-ticks';
import type { TrustChartProps, TrustNow, TrustPoint } from './trust-chart-types';
import { WeekTooltip } from './week-tooltip';
import { YearStrip } from './year-strip';

const weekMs = 7 * 24 * 60 * 60 * 1000;
const margin = { top: 34, right: 92, bottom: 4, left: 0 };
type ChartRow = {
  at: number;
  score?: number;
  sinceThen?: number;
  interval: [number, number];
  proven: number | null | undefined;
};

const months = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

function levelTicks(lowest: number): number[] {
  const from = Math.min(5, Math.floor(lowest * 10));
  return Array.from({ length: 11 - from }, (_, index) => (from + index) / 10);
}

/** The weeks with an interval each, and a broken line from the last of them to now: nothing was observed on that way. */
function rowsOf(points: readonly TrustPoint[], now: TrustNow | null): ChartRow[] {
  const rows: ChartRow[] = points.map((point) => ({ ...point, interval: [point.low, point.high] }));
  const last = rows.at(-1);
  if (!now || last?.score === undefined) return rows;
  last.sinceThen = last.score;
  return [...rows, { at: now.at, sinceThen: now.score, interval: [now.low, now.high], proven: last.proven }];
}

/** Score with its interval, the bars, the proven level, the gear under the axis. A click opens the week's tasks. */
export function TrustChart({ points, now, marks, bars }: TrustChartProps) {
  const router = useRouter();
  const first = points[0]?.at ?? 0;
  const end = Math.max((points.at(-1)?.at ?? 0) + weekMs, now?.at ?? 0);
  const levels = levelTicks(Math.min(...points.map(({ low }) => low), now?.low ?? 1));
  return (
    <ComposedChart
      responsive
      data={rowsOf(points, now)}
      margin={margin}
      style={{ width: '100%', height: '100%', cursor: 'pointer' }}
      onClick={({ activeIndex }) => {
        const point = points[Number(activeIndex)];
        if (point) router.push(point.href);
      }}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="at"
        type="number"
        scale="time"
        domain={[first, end]}
        ticks={monthTicks(first, end)}
        tickFormatter={(at: number) => months.format(at)}
        tickLine={false}
        axisLine={false}
        tickMargin={22}
        height={60}
        tick={{ fill: 'var(--muted)', fontSize: 11 }}
      />
      <YAxis
        domain={[levels[0] ?? 0, 1]}
        ticks={levels}
        tickFormatter={(level: number) => (level === 1 ? '1' : formatLevel(level))}
        tickLine={false}
        axisLine={false}
        width={36}
        tick={{ fill: 'var(--muted)', fontSize: 11 }}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--field-line)', strokeWidth: 1 }}
        content={({ active, label }) =>
          active ? <WeekTooltip point={points.find(({ at }) => at === label)} now={now} /> : null
        }
      />
      <Area
        dataKey="interval"
        stroke="none"
        fill="var(--walk)"
        fillOpacity={0.14}
        isAnimationActive={false}
        activeDot={false}
      />
      {bars.map(({ gear, level }) => (
        <ReferenceLine key={gear} y={level} stroke={`var(--${gear})`} strokeDasharray="4 4" />
      ))}
      <Line
        dataKey="proven"
        type="stepAfter"
        stroke="var(--ink)"
        strokeWidth={1.5}
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
      <Line
        dataKey="score"
        stroke="var(--walk)"
        strokeWidth={2}
        dot={false}
        activeDot={{ r: 3, fill: 'var(--walk)', strokeWidth: 0 }}
        isAnimationActive={false}
      />
      <Line
        dataKey="sinceThen"
        stroke="var(--walk)"
        strokeWidth={2}
        strokeDasharray="2 4"
        dot={false}
        activeDot={{ r: 3, fill: 'var(--walk)', strokeWidth: 0 }}
        isAnimationActive={false}
      />
      <GearStrip points={points} end={end} />
      <YearStrip from={first} to={end} top={54} />
      <ChartMarks marks={marks} points={points} />
      <EndLabels
        isNow={now !== null}
        last={now ?? points.at(-1)}
        proven={points.at(-1)?.proven ?? null}
        bars={bars}
      />
    </ComposedChart>
  );
}
