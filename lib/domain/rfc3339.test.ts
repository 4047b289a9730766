import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from './rfc3339';

const iso = (text: string) => {
  const at = instantOf(text);
  return at === null ? null : new Date(at).toISOString();
};
const MIDNIGHT = '2016-12-31T23:59:59.999Z';

describe('instantOf', () => {
  it.each([
    ['2026-11-22T09:30:00Z', '2026-11-22T09:30:00.000Z'],
    ['2026-11-22t09:30:00z', '2026-11-22T09:30:00.000Z'],
    ['2026-11-22T09:30:00.5+05:30', '2026-11-22T04:00:00.500Z'],
    ['2026-11-22t09:30:00-00:00', '2026-11-22T09:30:00.000Z'],
    ['2026-11-22T09:30:00.123456789Z', '2026-11-22T09:30:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, at) => {
    expect(iso(text)).toBe(at);
  });

  it.each([
    ['2016-12-31T23:59:60Z', MIDNIGHT],
    ['2016-12-31T23:59:60.75Z', MIDNIGHT],
    ['2017-01-01T05:29:60+05:30', MIDNIGHT],
    ['2016-12-31t15:59:60-08:00', MIDNIGHT],
    ['2015-06-30T23:59:60z', '2015-06-30T23:59:59.999Z'],
  ])('takes the leap second %s for the last millisecond before it ends its month', (text, at) => {
    expect(iso(text)).toBe(at);
  });

  it.each([
    '2026-02-30T09:00:00Z',
    '2025-02-29T09:00:00Z',
    '2026-04-31T09:00:00Z',
    '2026-13-01T09:00:00Z',
    '2026-01-05T24:00:00Z',
    '2026-01-05T09:60:00Z',
    '2026-01-05T09:00:61Z',
    '2026-01-05T09:00:60Z',
    '2016-12-30T23:59:60Z',
    '2016-12-31T23:59:60+01:00',
    '2026-02-30T23:59:60Z',
    '2026-01-05T09:00:00+24:00',
    '2026-01-05T09:00:00',
    '2026-01-05 09:00:00Z',
    '2026-01-05T09:00Z',
    '2026-01-05',
    '+12026-01-05T09:00:00Z',
    'yesterday',
    '',
  ])('refuses %j', (text) => {
    expect(instantOf(text)).toBeNull();
  });

  it('reads every instant, in whatever letters and offset it is written', () => {
    const time = fc.date({
      min: new Date(Date.UTC(2000)),
      max: new Date(Date.UTC(2100)),
      noInvalidDate: true,
    });
    const minutes = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 });
    fc.assert(
      fc.property(time, minutes, fc.boolean(), (date, offset, isLower) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const two = (n: number) => String(n).padStart(2, '0');
        const away = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
        const [utc, there] = [date.toISOString(), local + zone].map((text) =>
          isLower ? text.toLowerCase() : text,
        );
        expect([instantOf(utc ?? ''), instantOf(there ?? '')]).toEqual([date.getTime(), date.getTime()]);
      }),
    );
  });

  it('takes a leap second wherever a month ends in UTC, and keeps it before the next second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2100 }), fc.integer({ min: 0, max: 11 }), (year, month) => {
        const next = Date.UTC(year, month + 1, 1);
        const day = new Date(next - 1).toISOString().slice(0, 10);
        expect(instantOf(`${day}T23:59:60Z`)).toBe(next - 1);
      }),
    );
  });
});
