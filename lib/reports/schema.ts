import { z } from 'zod';
import { type IsoWeek, parseWeek } from '@/lib/domain/report/iso-week';

/** An ISO week that there is. */
export const weekSchema = z.string().transform((text, context): IsoWeek => {
  const week = parseWeek(text);
  if (week !== null) return week;
  context.addIssue({ code: 'custom', message: 'must be an ISO week such as 2026-W47' });
  return z.NEVER;
});

const team = z.string().max(100).optional();

/** What a report is asked for by; without a team, that of the organisation. */
export const reportQuerySchema = z.strictObject({ team });

/** What the list shows: the organisation's reports, or those of a team. `before`: weeks before that one. */
export const reportListSchema = z.strictObject({ team, before: weekSchema.optional() });

/** What `gait report` is asked for. */
export const reportRequestSchema = z.strictObject({ week: weekSchema.optional(), team });
