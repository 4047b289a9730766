import { oneLine } from '../bidi';
import type { Gear } from '../gear';
import { plural } from '../plural';
import { gearsInWords } from './answer';
import { busiest } from './busiest';
import type { Chart, ChartForm, Shape } from './chart';
import { cutTo, SMALL, textAt } from './chart-text';
import type { GearCounts, ReportContent, ReportTeam } from './content';

const GEARS = ['run', 'walk', 'crawl'] as const;

/** Names from the left edge; bars from `left` to `right`; the counts end at `counts`, in the order of the bar. */
const LAYOUTS = {
  wide: {
    width: 680,
    nameWidth: 190,
    left: 208,
    right: 520,
    counts: [562, 618, 680],
    row: 24,
    bar: 6,
    base: 16,
    number: 16,
  },
  narrow: {
    width: 360,
    nameWidth: 200,
    left: 0,
    right: 360,
    counts: [258, 308, 360],
    row: 40,
    bar: 22,
    base: 15,
    number: 15,
  },
} as const;

type Layout = (typeof LAYOUTS)[keyof typeof LAYOUTS];

const HEAD = 22;
const THICK = 12;

/** Between two parts of a bar, so that they are told apart without their colours. */
const GAP = 2;

/** The organisation's teams, one a row: their lanes by gear. Where there are too many, those that decided most this week. */
export function teamsChart({ teams, week }: ReportContent, { size, mostRows }: ChartForm): Chart {
  const layout = LAYOUTS[size];
  const shown = busiest(teams, mostRows);
  const leftOut = teams.length - shown.length;
  const most = Math.max(1, ...shown.map(({ gears }) => sumOf(gears)));
  const shapes = [
    ...GEARS.flatMap((gear, index) => headOf(gear, layout.counts[index] ?? 0)),
    ...shown.flatMap((team, index) => rowOf(team, HEAD + index * layout.row, layout, most)),
  ];
  const height = HEAD + shown.length * layout.row + 4;
  const note =
    leftOut > 0
      ? `Drawn are ${shown.length} of ${teams.length} teams, those that decided most in this week; their table has more.`
      : null;
  const alt = [...inWords(shown, week), ...(note ? [note] : [])].join(' ');
  return { title: 'Lanes by gear', width: layout.width, height, shapes, alt, leftOut, note };
}

const sumOf = ({ run, walk, crawl }: GearCounts): number => run + walk + crawl;

/** Names the column of counts, and is the legend of the bars. */
function headOf(gear: Gear, right: number): Shape[] {
  const swatch = { run: 31, walk: 38, crawl: 42 } as const;
  return [
    { kind: 'rect', x: right - swatch[gear], y: 4, width: 8, height: 8, radius: 2, tone: gear },
    textAt(right, 12, gear, { size: SMALL, anchor: 'end', isStrong: true, tone: gear }),
  ];
}

function rowOf({ team, gears }: ReportTeam, top: number, layout: Layout, most: number): Shape[] {
  return [
    textAt(0, top + layout.base, cutTo(team.name, layout.nameWidth, 12)),
    ...GEARS.map((gear, index) =>
      textAt(layout.counts[index] ?? 0, top + layout.number, String(gears[gear]), {
        anchor: 'end',
        tone: gears[gear] === 0 ? 'muted' : 'ink',
      }),
    ),
    ...barOf(gears, top + layout.bar, layout, most),
  ];
}

function barOf(gears: GearCounts, y: number, { left, right }: Layout, most: number): Shape[] {
  const parts = GEARS.filter((gear) => gears[gear] > 0);
  if (parts.length === 0) return [textAt(left, y + 10, 'no lanes yet', { size: SMALL, tone: 'muted' })];
  const unit = (right - left) / most;
  let x = left;
  return parts.map((gear, index): Shape => {
    const start = x;
    x += gears[gear] * unit;
    const gap = index < parts.length - 1 ? Math.min(GAP, (gears[gear] * unit) / 2) : 0;
    return { kind: 'rect', x: start, y, width: x - start - gap, height: THICK, radius: 2, tone: gear };
  });
}

function inWords(teams: readonly ReportTeam[], week: string): string[] {
  const said = teams.map(({ team, gears }) => {
    const crawl = `${gears.crawl} ${gears.crawl === 1 ? 'crawls' : 'crawl'}`;
    const lanes = sumOf(gears) === 0 ? 'no lanes yet' : `${gearsInWords(gears)}, ${crawl}`;
    return `${oneLine(team.name)}: ${lanes}.`;
  });
  return [`Lanes of ${plural(teams.length, 'team')} by gear at the end of ${week}.`, ...said];
}
