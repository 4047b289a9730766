import { laneName } from './answer';
import type { ReportContent, ReportLane } from './content';
import { daysOf, parseWeek } from './iso-week';

/** What a word of a report leads to. */
export type ReportLink =
  | { to: 'lane'; team: string; category: string }
  | { to: 'team'; team: string }
  | { to: 'decision'; id: string }
  | TasksLink
  | { to: 'incident'; ref: string }
  | { to: 'agents' };

/** The tasks behind a number: those decided in the seven days from the day `week`, by the clocks of `zone`, as `counted`. */
export type TasksLink = {
  to: 'tasks';
  week: string;
  zone: string;
  counted: 'decided' | 'reviewed' | 'merged' | 'without-agent';
  team?: string;
  category?: string;
  agent?: string;
};

export type Cell = { text: string; link?: ReportLink };

/** A part of a report: sentences, then a list or a table. `key` is unique within the report. `more` lines are left out. */
export type Section = {
  key: string;
  title: string;
  sentences: string[];
  list: Cell[];
  table: { head: string[]; rows: Cell[][] } | null;
  more: number;
};

/** A report in words, as every form of it tells: page, mail, Markdown, PDF. */
export type ReportDocument = {
  title: string;
  lead: string;
  answer: string;
  sections: Section[];
  fine: string[];
};

/** A section of which only some parts are said. */
export function section(key: string, title: string, parts: Partial<Omit<Section, 'key' | 'title'>>): Section {
  return { key, title, sentences: [], list: [], table: null, more: 0, ...parts };
}

/** With at most so many rows in its table, the first ones; where that leaves some out, it says so. */
export function withRows(section: Section, most: number): Section {
  const { table, sentences } = section;
  if (table === null || table.rows.length <= most) return section;
  const said = `Shown are the first ${most} of ${table.rows.length.toLocaleString('en-GB')}.`;
  return {
    ...section,
    sentences: [...sentences, said],
    table: { ...table, rows: table.rows.slice(0, most) },
    more: section.more + table.rows.length - most,
  };
}

export const text = (value: string | number): Cell => ({ text: String(value) });

type Behind = Pick<TasksLink, 'counted' | 'team' | 'category' | 'agent'>;

/** A number that leads to the tasks behind it; nothing stands behind 0. */
export function numberCell(value: number, { week, zone, team }: ReportContent, behind: Behind): Cell {
  const parsed = parseWeek(week);
  if (value === 0 || parsed === null) return text(value);
  const { first } = daysOf(parsed);
  return {
    text: value.toLocaleString('en-GB'),
    link: { to: 'tasks', week: first, zone, ...(team && { team: team.slug }), ...behind },
  };
}

export function laneCell(place: Pick<ReportLane, 'team' | 'category'>, { team }: ReportContent): Cell {
  const link = { to: 'lane' as const, team: place.team.slug, category: place.category.slug };
  return { text: laneName(place, team !== null), link };
}
