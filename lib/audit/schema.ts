import { z } from 'zod';
import { calendarDay } from '@/lib/domain/calendar-day';

/** The least and the longest time that a record is kept, and the one it is kept when nobody says, in days. */
export const LEAST_RETENTION_DAYS = 180;
export const DEFAULT_RETENTION_DAYS = 1095;
const MOST_RETENTION_DAYS = 36_500;

export const retentionSchema = z.object({
  days: z.coerce
    .number('Give a whole number of days.')
    .int('Give a whole number of days.')
    .min(LEAST_RETENTION_DAYS, `At least ${LEAST_RETENTION_DAYS} days.`)
    .max(MOST_RETENTION_DAYS, `At most ${MOST_RETENTION_DAYS} days.`),
});

export const acknowledgeSchema = z.object({
  reason: z.string().trim().min(3, 'Say why, for the log.').max(1_000, 'At most 1,000 characters.'),
});

export const webhookSchema = z.object({
  url: z.union([
    z.literal('').transform(() => null),
    z.url({ protocol: /^https$/, message: 'Give an address that begins with https://.' }).max(2000),
  ]),
});

const day = calendarDay('must be a date such as 2026-11-16');

/** What `GET /api/v1/audit` takes. */
export const auditQuerySchema = z.strictObject({
  who: z.string().trim().max(200).optional(),
  act: z.string().trim().max(100).optional(),
  target: z.string().trim().max(500).optional(),
  /** Days in UTC, both included. */
  from: day.optional(),
  to: day.optional(),
  /** `export` is the whole record as `gait audit verify` reads it. */
  format: z.enum(['ndjson', 'csv', 'export'], 'must be ndjson, csv or export').default('ndjson'),
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(100_000).optional(),
});
