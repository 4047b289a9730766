import { plural } from '../plural';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string, style: 'day' | 'moment'): Intl.DateTimeFormat {
  const key = `${zone} ${style}`;
  const made =
    formats.get(key) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      ...(style === 'day' ? { year: 'numeric' } : { hour: '2-digit', minute: '2-digit' }),
    });
  formats.set(key, made);
  return made;
}

/** "Mon, 16 Nov, 09:30" by the clocks of a time zone. */
export function momentInWords(at: string, zone: string): string {
  return formatIn(zone, 'moment').format(new Date(at));
}

/** "Mon, 16 Nov 2026 to Sun, 22 Nov 2026": the days of a span whose end is not included. */
export function daysInWords(from: string, to: string, zone: string): string {
  const days = formatIn(zone, 'day');
  return `${days.format(new Date(from))} to ${days.format(new Date(Date.parse(to) - 1))}`;
}

/** "12 of 40 decided tasks (30 %)" */
export function shareInWords(part: number, all: number, one: string): string {
  const percent = all === 0 ? '' : ` (${Math.round((100 * part) / all)} %)`;
  return `${part.toLocaleString('en-GB')} of ${plural(all, one)}${percent}`;
}
