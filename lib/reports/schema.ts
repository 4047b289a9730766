import { z } from 'zod';
import { type IsoWeek, parseWeek } from '@/lib/domain/report/iso-week';
import { zoneSchema } from '@/lib/outbox/schema';

/** An ISO week that there is. */
export const weekSchema = z.string().transform((text, context): IsoWeek => {
  const week = parseWeek(text);
  if (week !== null) return week;
  context.addIssue({ code: 'custom', message: 'must be an ISO week such as 2026-W47' });
  return z.NEVER;
});

const team = z.string().max(100).optional();

/** Without one, the latest, which alone may stand; the others are void. */
const edition = z.coerce.number().int().min(1).max(1_000).optional();

/** What a report is asked for by; without a team, that of the organisation. */
export const reportQuerySchema = z.strictObject({ team, edition });

/** Two weeks side by side: the other one, where one is chosen. */
export const comparisonQuerySchema = z.strictObject({ team, with: weekSchema.optional() });

/** As what a report is saved. */
export const reportFileSchema = z.strictObject({
  team,
  edition,
  as: z.enum(['pdf', 'md', 'csv', 'json'], 'must be pdf, md, csv or json'),
});

/** What the list shows: the organisation's reports, or those of a team. `before`: weeks before that one. */
export const reportListSchema = z.strictObject({ team, before: weekSchema.optional() });

/** What `gait report` is asked for. */
export const reportRequestSchema = z.strictObject({ week: weekSchema.optional(), team });

/** A team by its slug; empty for the organisation. */
const teamOrAll = z.string().max(100);

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** When reports are due: a day of the week (1 = Monday), a time such as 08:00, and by whose clocks. */
export const scheduleSchema = z
  .object({
    team: teamOrAll,
    weekday: z.coerce.number().int().min(1).max(7),
    time: z.string().regex(TIME, 'Give a time such as 08:00.'),
    zone: zoneSchema,
    isSent: z.boolean(),
  })
  .transform(({ time, ...rest }) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return { ...rest, hour, minute };
  });

/** A team by its slug; never the organisation. */
export const followSchema = z.object({ team: z.string().min(1, 'Choose a team.').max(100) });
