import type { Gear } from '../gear';
import { lanesChart } from './chart-lanes';
import { teamsChart } from './chart-teams';
import type { ReportContent } from './content';

/** What a shape is painted for; each writer has a colour for it. */
export type Tone = Gear | 'ink' | 'muted' | 'line' | 'ground';

/** In the units of the chart's canvas: x to the right, y down. Text stands on the line at `y`, in the units' `size`. */
export type Shape =
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; width: number; tone: Tone }
  | { kind: 'rect'; x: number; y: number; width: number; height: number; radius: number; tone: Tone }
  | { kind: 'dot'; x: number; y: number; radius: number; tone: Tone; rim: Tone | null }
  | {
      kind: 'text';
      x: number;
      y: number;
      size: number;
      anchor: 'start' | 'middle' | 'end';
      isStrong: boolean;
      tone: Tone;
      text: string;
    };

/** A picture as a list of shapes, later ones above earlier ones, and the same facts in sentences for who does not see it. */
export type Chart = {
  title: string;
  width: number;
  height: number;
  shapes: Shape[];
  alt: string;
  /** How many the picture has no room for, and a sentence that says so below it; the tables of the report have all. */
  leftOut: number;
  note: string | null;
};

/** Wide: names stand beside the bars. Narrow, for telephones and mails: above them. */
export type ChartForm = { size: 'wide' | 'narrow'; mostRows: number };

/** As many as stand on one page. */
const MOST_ROWS = 30;

/** The chart of a report: of a team, its lanes; of the organisation, its teams. Null where there is nothing to draw. */
export function chartOf(
  content: ReportContent,
  { size, mostRows = MOST_ROWS }: Pick<ChartForm, 'size'> & { mostRows?: number },
): Chart | null {
  const form = { size, mostRows };
  if (content.lanes.length === 0) return null;
  return content.team === null ? teamsChart(content, form) : lanesChart(content, form);
}
