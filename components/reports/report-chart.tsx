import { Card } from '@/components/ui/card';
import { SectionHeading } from '@/components/ui/section-heading';
import { type Chart, chartOf, type Shape, type Tone } from '@/lib/domain/report/chart';
import type { ReportContent } from '@/lib/domain/report/content';

/** Of the theme, so that the chart is right by day, by night and on paper. */
const COLORS: Readonly<Record<Tone, string>> = {
  run: 'var(--run)',
  walk: 'var(--walk)',
  crawl: 'var(--crawl)',
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  ground: 'var(--card)',
};

/** The chart of a report: names beside the bars where there is room, above them where there is not. */
export function ReportChart({ content }: { content: ReportContent }) {
  const wide = chartOf(content, { size: 'wide' });
  const narrow = chartOf(content, { size: 'narrow' });
  if (!wide || !narrow) return null;
  return (
    <section aria-labelledby="chart" className="break-inside-avoid">
      <SectionHeading id="chart">{wide.title}</SectionHeading>
      <Card className="w-full max-w-3xl p-4 sm:p-5">
        <Drawing chart={wide} className="hidden sm:block print:block" />
        <Drawing chart={narrow} className="sm:hidden print:hidden" />
      </Card>
      {wide.note ? <p className="mt-2 text-sm text-muted">{wide.note}</p> : null}
    </section>
  );
}

function Drawing({ chart, className }: { chart: Chart; className: string }) {
  const { width, height, shapes, alt } = chart;
  return (
    <svg
      role="img"
      aria-label={alt}
      viewBox={`0 0 ${width} ${height}`}
      className={`${className} h-auto w-full`}
    >
      {shapes.map((shape, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing of a frozen report never changes its order
        <Drawn key={index} shape={shape} />
      ))}
    </svg>
  );
}

function Drawn({ shape }: { shape: Shape }) {
  const color = COLORS[shape.tone];
  switch (shape.kind) {
    case 'line': {
      const { x1, y1, x2, y2, width } = shape;
      return <line x1={x1} y1={y1} x2={x2} y2={y2} stroke={color} strokeWidth={width} />;
    }
    case 'rect': {
      const { x, y, width, height, radius } = shape;
      return <rect x={x} y={y} width={width} height={height} rx={radius} fill={color} />;
    }
    case 'dot': {
      const { x, y, radius, rim } = shape;
      return (
        <circle cx={x} cy={y} r={radius} fill={color} stroke={rim ? COLORS[rim] : 'none'} strokeWidth={1.5} />
      );
    }
    case 'text': {
      const { x, y, size, anchor, isStrong, text } = shape;
      return (
        <text x={x} y={y} fontSize={size} textAnchor={anchor} fontWeight={isStrong ? 600 : 400} fill={color}>
          {text}
        </text>
      );
    }
    default:
      return shape satisfies never;
  }
}
