import { currentTime } from './now';

/** The one place where instants become words: British English, UTC, 24 hours. */
const parts = {
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'short' },
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

/** Each unit by its length in seconds and how many of it are said; from then on the next. */
const steps = [
  ['second', 1, 60],
  ['minute', 60, 60],
  ['hour', 3600, 24],
  ['day', 86_400, 14],
] as const;

const JUST_NOW_SECONDS = 10;

export function formatDate(at: string | number, style: Style): string {
  return formats[style].format(new Date(at));
}

/** "just now", "40 seconds ago", "in 3 days"; from two weeks on, the date. */
export function formatRelative(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  if (seconds <= 0 && seconds > -JUST_NOW_SECONDS) return 'just now';
  for (const [unit, length, most] of steps) {
    const amount = Math.round(seconds / length);
    if (Math.abs(amount) < most) return relative.format(amount, unit);
  }
  return formatDay(at, now);
}

/** What has happened, has happened, though the clock of its source may run ahead of ours. */
export function formatPast(at: string, now: number): string {
  return formatRelative(new Date(Math.min(Date.parse(at), now)).toISOString(), now);
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

/** `ago` of what has happened, `due` of what is to come. */
type AnyStyle = Style | 'ago' | 'due' | 'date';

function inWords(at: string, style: AnyStyle): string {
  switch (style) {
    case 'ago':
      return formatPast(at, currentTime());
    case 'due':
      return formatRelative(at, currentTime());
    case 'date':
      return formatRecent(at);
    default:
      return formatDate(at, style);
  }
}

/** An instant in words, the exact time on hover. Server components only: "ago" is reckoned when the page is made. */
export function Time({ at, style = 'ago' }: { at: string; style?: AnyStyle }) {
  return (
    <time dateTime={at} title={`${formatDate(at, 'exact')} UTC`} className="whitespace-nowrap">
      {inWords(at, style)}
    </time>
  );
}
