import { SIZE, sizeSchema } from '@/lib/domain/event';
import { instantOf } from '@/lib/domain/rfc3339';
import type { Cells } from './tables/table';

/** What stands for "nothing" in columns of times and numbers, as exports of data frames and databases write it. */
const NOTHING = new Set(['', 'null', 'nan', 'nat', 'none', 'na', 'n/a', '\\n', '-']);

const EARLIEST = Date.UTC(2000, 0, 1);
/** The same allowance as the events' own: see lib/events/schema.ts. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Reads one row's values by field and gathers what is wrong with them. Never throws. */
export type CellReader<F extends string> = {
  readonly problems: string[];
  /** The value without surrounding blanks; undefined when there is none. */
  text(field: F): string | undefined;
  /** Lines or files. */
  count(field: F): number | undefined;
  /** The number of a pull request. */
  number(field: F): number | undefined;
  /** Milliseconds since 1970. */
  time(field: F): number | undefined;
  list(field: F): string[] | undefined;
};

export function readCells<F extends string>(
  cells: Cells,
  columns: Readonly<Partial<Record<F, string>>>,
  now: number,
): CellReader<F> {
  const problems: string[] = [];
  const text = (field: F): string | undefined => {
    const column = columns[field];
    const value = column === undefined ? undefined : cells.get(column)?.trim();
    return value === '' ? undefined : value;
  };
  const plain = (field: F): string | undefined => {
    const value = text(field);
    return value === undefined || NOTHING.has(value.toLowerCase()) ? undefined : value;
  };
  const refuse = (field: F, value: string, why: string): undefined => {
    problems.push(`${field} "${value.slice(0, 60)}" ${why}`);
    return undefined;
  };
  return {
    problems,
    text,
    count: (field) => {
      const value = plain(field);
      if (value === undefined) return undefined;
      const size = sizeSchema.safeParse(wholeNumber(value));
      return size.success ? size.data : refuse(field, value, `is not ${SIZE}`);
    },
    number: (field) => {
      const value = plain(field);
      if (value === undefined) return undefined;
      const number = wholeNumber(value);
      return number !== undefined && number < 1e10
        ? number
        : refuse(field, value, 'is not a whole number of 10 digits at most');
    },
    time: (field) => {
      const value = plain(field);
      if (value === undefined) return undefined;
      const at = parseTime(value);
      if (at === null) return refuse(field, value, 'is not a time such as 2026-11-22T09:30:00Z');
      if (at < EARLIEST) return refuse(field, value, 'lies before 2000-01-01');
      return at > now + CLOCK_SKEW_MS ? refuse(field, value, 'lies in the future') : at;
    },
    list: (field) => {
      const value = text(field);
      if (value === undefined) return undefined;
      const names = parseList(value).map((name) => name.trim());
      return [...new Set(names.filter((name) => name !== ''))];
    },
  };
}

/** Data frames turn whole numbers into 12.0 as soon as one is missing. */
function wholeNumber(value: string): number | undefined {
  const digits = /^(\d+)(?:\.0+)?$/.exec(value)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** RFC 3339, the same with a blank and without an offset (then UTC), a day alone, or seconds or milliseconds since 1970. */
export function parseTime(value: string): number | null {
  if (/^\d{10}$/.test(value)) return Number(value) * 1000;
  if (/^\d{13}$/.test(value)) return Number(value);
  const parts =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/i.exec(
      value,
    );
  if (!parts) return null;
  const [, day = '', minutes = '00:00', seconds = ':00', zone = 'Z'] = parts;
  return instantOf(`${day}T${minutes}${seconds}${offsetOf(zone)}`);
}

function offsetOf(zone: string): string {
  const digits = /^([+-]\d\d):?(\d\d)?$/.exec(zone);
  return digits ? `${digits[1]}:${digits[2] ?? '00'}` : 'Z';
}

function parseList(value: string): string[] {
  if (value.startsWith('[') && value.endsWith(']')) {
    try {
      const items: unknown = JSON.parse(value);
      if (Array.isArray(items)) return items.map(String);
    } catch {
      return parseList(value.slice(1, -1).replaceAll(/['"]/g, ''));
    }
  }
  return value.split(value.includes('\n') ? '\n' : /[;,|]/);
}
