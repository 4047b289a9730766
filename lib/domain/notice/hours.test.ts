import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastsOverHalfADay, latestDigest, nextDigest, quietUntil } from './hours';

const at = (text: string) => Date.parse(text);
const iso = (ms: number | null) => ms && new Date(ms).toISOString();
const night = { from: 22 * 60, to: 7 * 60, zone: 'Europe/Berlin' };

describe('quiet hours', () => {
  it('go over midnight, and end on the morning that comes', () => {
    expect(iso(quietUntil(at('2026-11-16T20:59:00Z'), night))).toBeNull();
    expect(iso(quietUntil(at('2026-11-16T21:00:00Z'), night))).toBe('2026-11-17T06:00:00.000Z');
    expect(iso(quietUntil(at('2026-11-17T05:59:00Z'), night))).toBe('2026-11-17T06:00:00.000Z');
    expect(iso(quietUntil(at('2026-11-17T06:00:00Z'), night))).toBeNull();
  });

  it('last over half a day from 07:00 to 22:00, and not the other way round', () => {
    expect(lastsOverHalfADay({ from: night.to, to: night.from })).toBe(true);
    expect(lastsOverHalfADay(night)).toBe(false);
    expect(lastsOverHalfADay({ from: 0, to: 12 * 60 })).toBe(false);
    expect(lastsOverHalfADay({ from: 12 * 60, to: 1 })).toBe(true);
  });

  it('within a day', () => {
    const noon = { from: 12 * 60, to: 13 * 60 + 30, zone: 'UTC' };
    expect(iso(quietUntil(at('2026-11-16T12:00:00Z'), noon))).toBe('2026-11-16T13:30:00.000Z');
    expect(quietUntil(at('2026-11-16T13:30:00Z'), noon)).toBeNull();
  });

  it('that end in the gap of spring end after it, and in the repeated hour of autumn once', () => {
    const early = { ...night, to: 2 * 60 + 30 };
    expect(iso(quietUntil(at('2026-03-29T00:30:00Z'), early))).toBe('2026-03-29T01:30:00.000Z');
    expect(iso(quietUntil(at('2026-10-25T00:10:00Z'), early)), '02:10, the first time').toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(quietUntil(at('2026-10-25T01:10:00Z'), early), '02:10, the second time').toBeNull();
  });

  it('always end, later than now, within a day and an hour', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Denver', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(
        fc.integer({ min: at('2025-01-01'), max: at('2028-01-01') }),
        minute,
        minute,
        zone,
        (now, from, to, where) => {
          const until = quietUntil(now, { from, to, zone: where });
          if (from === to) expect(until).toBeNull();
          if (until !== null) {
            expect(until).toBeGreaterThan(now);
            expect(until - now).toBeLessThanOrEqual(25 * 3_600_000);
          }
        },
      ),
    );
  });
});

describe('the digest of a morning', () => {
  const schedule = { weekday: 1, hour: 8, minute: 0, zone: 'Europe/Berlin' };

  it('comes on working days, at the hour of the report', () => {
    expect(latestDigest(at('2026-11-17T06:59:00Z'), schedule).day).toBe('2026-11-16');
    expect(latestDigest(at('2026-11-17T07:00:00Z'), schedule)).toEqual({
      day: '2026-11-17',
      at: at('2026-11-17T07:00:00Z'),
    });
    expect(latestDigest(at('2026-11-22T12:00:00Z'), schedule).day, 'on a Sunday, that of Friday').toBe(
      '2026-11-20',
    );
    expect(iso(nextDigest(at('2026-11-20T07:00:00Z'), schedule))).toBe('2026-11-23T07:00:00.000Z');
  });

  it('of which the next is never due before the latest, nor more than three days and an hour after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2025-01-01'), max: at('2028-01-01') }), (now) => {
        const [latest, next] = [latestDigest(now, schedule).at, nextDigest(now, schedule)];
        expect(latest).toBeLessThanOrEqual(now);
        expect(next).toBeGreaterThan(now);
        expect(next - latest).toBeLessThanOrEqual(73 * 3_600_000);
      }),
    );
  });
});
