import { currentTime } from './now';

/** The one place where instants become words: British English, UTC, 24 hours. */
const parts = {
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'short' },
  longWeekday: { weekday: 'long' },
  exact: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type Style = keyof typeof parts;

const formats = Object.fromEntries(
  Object.entries(parts).map(([style, options]) => [
    style,
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }),
  ]),
) as Record<Style, Intl.DateTimeFormat>;

const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

const steps = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 14],
] as const;

export function formatDate(at: string | number, style: Style): string {
  return formats[style].format(new Date(at));
}

/** "40 seconds ago", "in 3 days"; from two weeks on, the date. */
export function formatRelative(at: string, now: number): string {
  let amount = (Date.parse(at) - now) / 1000;
  for (const [unit, size] of steps) {
    if (Math.abs(amount) < size) return relative.format(Math.round(amount), unit);
    amount /= unit === 'second' || unit === 'minute' ? 60 : 24;
  }
  return formatDay(at, now);
}

/** "3 May"; in another year than this one, "3 May 2025". */
function formatDay(at: string, now: number): string {
  const thisYear = new Date(now).getUTCFullYear() === new Date(at).getUTCFullYear();
  return formatDate(at, thisYear ? 'day' : 'dayOfYear');
}

/** The day within a sentence. Server components only, as `Time`. */
export function formatRecent(at: string): string {
  return formatDay(at, currentTime());
}

function inWords(at: string, style: Style | 'relative' | 'date'): string {
  switch (style) {
    case 'relative':
      return formatRelative(at, currentTime());
    case 'date':
      return formatRecent(at);
    default:
      return formatDate(at, style);
  }
}

/** An instant in words, the exact time on hover. Server components only: "ago" is reckoned when the page is made. */
export function Time({ at, style = 'relative' }: { at: string; style?: Style | 'relative' | 'date' }) {
  return (
    <time dateTime={at} title={`${formatDate(at, 'exact')} UTC`} className="whitespace-nowrap">
      {inWords(at, style)}
    </time>
  );
}
