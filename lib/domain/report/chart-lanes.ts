import { oneLine } from '../bidi';
import { level as levelOf } from '../lane/words';
import { plural } from '../plural';
import type { Chart, ChartForm, Shape } from './chart';
import { cutTo, SMALL, textAt, widthOf } from './chart-text';
import type { ReportContent, ReportLane, ReportScore } from './content';

/** Where things stand: names from the left edge, gears at `gearX`, the scale from `left` to `right`; a row's scale at `mid` of it. */
const LAYOUTS = {
  wide: {
    width: 680,
    nameWidth: 190,
    gearX: 208,
    gearAnchor: 'start',
    left: 262,
    right: 668,
    row: 24,
    mid: 12,
    reach: 12,
    base: 16,
  },
  narrow: {
    width: 360,
    nameWidth: 280,
    gearX: 360,
    gearAnchor: 'end',
    left: 8,
    right: 350,
    row: 40,
    mid: 28,
    reach: 9,
    base: 14,
  },
} as const;

type Layout = (typeof LAYOUTS)[keyof typeof LAYOUTS];

const TOP = 4;
const AXIS = 24;
const LEGEND = 22;

/** A team's lanes, one a row: score with its 90 % interval, proven level and gear. */
export function lanesChart({ lanes, week }: ReportContent, { size, mostRows }: ChartForm): Chart {
  const layout = LAYOUTS[size];
  const shown = lanes.slice(0, mostRows);
  const leftOut = lanes.length - shown.length;
  const from = rangeStart(shown);
  const toX = (value: number) => layout.left + ((value - from) / (1 - from)) * (layout.right - layout.left);
  const bottom = TOP + shown.length * layout.row + 4;
  const shapes = [
    ...axis(from, toX, bottom),
    ...gridOf(from, toX, shown.length, layout),
    ...shown.flatMap((lane, index) => rowOf(lane, TOP + index * layout.row, layout, toX)),
    ...legend(layout, bottom + AXIS + 12),
  ];
  const height = bottom + AXIS + LEGEND;
  const note = [
    ...(leftOut > 0 ? [`Drawn are ${shown.length} of ${lanes.length} lanes; the table below has all.`] : []),
    'Gears rest on the proven level. Score and interval are an estimate of now, partly borrowed from lanes like it: the two answer different questions, and may lie apart.',
  ].join(' ');
  const alt = [...inWords(shown, from, week), note].join(' ');
  return { title: 'Score and proven level', width: layout.width, height, shapes, alt, leftOut, note };
}

/** Where the visible scale begins: at .5, or lower where something lies below. It always ends at 1. */
function rangeStart(lanes: readonly ReportLane[]): number {
  const values = lanes.flatMap(({ score, proven }) => [
    ...(score ? [score.low] : []),
    ...(proven === null ? [] : [proven]),
  ]);
  return Math.max(0, Math.min(0.5, Math.floor(Math.min(1, ...values) * 10) / 10));
}

const mark = (value: number): string =>
  value === 0 || value === 1 ? String(value) : value.toFixed(1).replace(/^0/, '');

function marksOf(from: number): number[] {
  const step = from < 0.5 ? 0.2 : 0.1;
  const marks = Array.from({ length: 11 }, (_, index) => 1 - index * step);
  return [from, ...marks.filter((value) => value > from + step / 4)];
}

function axis(from: number, toX: (value: number) => number, bottom: number): Shape[] {
  return marksOf(from).map((value) =>
    textAt(toX(value), bottom + 15, mark(value), { size: SMALL, anchor: 'middle', tone: 'muted' }),
  );
}

/** Lines behind the scales alone: none crosses a name that stands above. */
function gridOf(from: number, toX: (value: number) => number, rows: number, layout: Layout): Shape[] {
  const { row, mid, reach } = layout;
  const tops = Array.from({ length: rows }, (_, index) => TOP + index * row + mid);
  return marksOf(from).flatMap((value) =>
    tops.map((y): Shape => {
      const x = toX(value);
      return { kind: 'line', x1: x, y1: y - reach, x2: x, y2: y + reach, width: 1, tone: 'line' };
    }),
  );
}

function rowOf(
  { category, gear, score, proven }: ReportLane,
  top: number,
  layout: Layout,
  toX: (value: number) => number,
): Shape[] {
  const y = top + layout.mid;
  const provenX = proven === null ? null : toX(proven);
  return [
    textAt(0, top + layout.base, cutTo(category.name, layout.nameWidth, 12)),
    textAt(layout.gearX, top + layout.base, gear, { isStrong: true, tone: gear, anchor: layout.gearAnchor }),
    ...(score ? [intervalAt(score, y, toX, gear)] : []),
    ...(provenX === null ? [] : [provenAt(provenX, y)]),
    ...(score ? [scoreAt(toX(score.value), y, gear)] : [noScore(layout.left, y, provenX)]),
  ];
}

function intervalAt(
  { low, high }: ReportScore,
  y: number,
  toX: (value: number) => number,
  tone: ReportLane['gear'],
): Shape {
  const x = toX(low);
  return { kind: 'rect', x, y: y - 2, width: Math.max(1, toX(high) - x), height: 4, radius: 2, tone };
}

const scoreAt = (x: number, y: number, tone: ReportLane['gear']): Shape => ({
  kind: 'dot',
  x,
  y,
  radius: 5,
  tone,
  rim: 'ground',
});

const provenAt = (x: number, y: number): Shape => ({
  kind: 'rect',
  x: x - 1.25,
  y: y - 8,
  width: 2.5,
  height: 16,
  radius: 0,
  tone: 'ink',
});

/** Beside the proven level, where that stands in its place. */
function noScore(left: number, y: number, provenX: number | null): Shape {
  const text = 'no score of its own yet';
  const start = left + 4;
  const x = provenX !== null && provenX < start + widthOf(text, SMALL) + 6 ? provenX + 8 : start;
  return textAt(x, y + 4, text, { size: SMALL, tone: 'muted' });
}

function legend({ left }: Layout, y: number): Shape[] {
  const [score, interval, proven] = [left, left + 60, left + 168];
  const said = { size: SMALL, tone: 'muted' } as const;
  return [
    { kind: 'dot', x: score + 5, y: y - 4, radius: 5, tone: 'muted', rim: 'ground' },
    textAt(score + 15, y, 'score', said),
    { kind: 'rect', x: interval, y: y - 6, width: 18, height: 4, radius: 2, tone: 'muted' },
    textAt(interval + 24, y, '90 % interval', said),
    provenAt(proven + 2, y - 4),
    textAt(proven + 11, y, 'proven level', said),
  ];
}

function inWords(lanes: readonly ReportLane[], from: number, week: string): string[] {
  const two = (value: number) => value.toFixed(2).replace(/^0/, '');
  const said = lanes.map(({ category, gear, score, proven }) => {
    const scored = score
      ? `score ${two(score.value)}, 90 % interval ${two(score.low)} to ${two(score.high)}`
      : 'no score of its own yet';
    const level = proven === null ? 'nothing proven' : `proven at least ${levelOf(proven)}`;
    return `${oneLine(category.name)}: gear ${gear}; ${scored}; ${level}.`;
  });
  return [
    `${plural(lanes.length, 'lane')} at the end of ${week}, on a scale from ${mark(from)} to 1.`,
    ...said,
  ];
}
