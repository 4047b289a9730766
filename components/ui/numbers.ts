const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** 2,686 */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** 27.4 */
export function formatAmount(value: number): string {
  return tenths.format(value);
}

/** A level in [0,1] as ".85", ".925", "1". */
export function formatLevel(value: number): string {
  const text = value.toFixed(3).replace(/0$/, '');
  return text.startsWith('0') ? text.slice(1) : text.replace(/\.0+$/, '');
}

/** An estimate in [0,1] as ".91", ".90", "1". */
export function formatScore(value: number): string {
  return value
    .toFixed(2)
    .replace(/^0\./, '.')
    .replace(/^1\.00$/, '1');
}

/** What a task was worth in [0,1], as ".7", "0", "1". */
export function formatWorth(value: number): string {
  return String(Math.round(value * 100) / 100).replace(/^0\./, '.');
}

/** A share as "87 %"; a dash when there is nothing to divide by. */
export function formatShare(part: number, of: number): string {
  return of === 0 ? '–' : `${Math.round((100 * part) / of)} %`;
}

export { plural } from '@/lib/domain/plural';
