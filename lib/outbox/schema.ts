import { z } from 'zod';
import { NEWS } from '@/lib/domain/notice/recipients';
import { zoneOf } from '@/lib/domain/report/iso-week';
import { nameLine } from '@/lib/domain/text-line';
import { hasUnseen } from '@/lib/domain/unseen';

/** A team by its slug; empty for the organisation. */
const team = z
  .string()
  .max(100)
  .refine((slug) => !hasUnseen(slug), 'There is no such team.');

export const CHANNEL_KINDS = ['slack', 'teams', 'webhook'] as const;

/** What a channel gets: at least one kind of news. */
const gets = z.array(z.enum(NEWS)).min(1, 'Choose at least one.');

export const addChannelSchema = z.object({
  team,
  kind: z.enum(CHANNEL_KINDS, 'Choose what it is.'),
  name: nameLine(100, 'Give it a name.'),
  url: z.string().trim().min(1, 'Give the address to post to.').max(2_000, 'At most 2,000 characters.'),
  gets,
});

const channel = z.uuid('There is no such channel.');

export const channelSchema = z.object({ channel });

export const switchChannelSchema = z.object({
  channel,
  isOn: z.enum(['yes', 'no']).transform((said) => said === 'yes'),
});

export const chooseMailSchema = z.object({
  kind: z.enum(NEWS),
  team,
  /** `default`: as it is for whoever said nothing. */
  wants: z.enum(['yes', 'no', 'default']).transform((said) => (said === 'default' ? null : said === 'yes')),
});

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const time = z
  .string()
  .regex(TIME, 'Give a time such as 22:00.')
  .transform((text) => {
    const [hour = 0, minute = 0] = text.split(':').map(Number);
    return hour * 60 + minute;
  });

/** A time zone, as it is spelled. */
export const zoneSchema = z
  .string()
  .max(100)
  .transform((text, context) => {
    const zone = zoneOf(text);
    if (zone !== null) return zone;
    context.addIssue({ code: 'custom', message: 'Give a time zone such as Europe/Berlin.' });
    return z.NEVER;
  });

/** From one time of day to another; over midnight where the first is the later one. */
export const quietHoursSchema = z
  .object({
    from: time,
    to: time,
    zone: zoneSchema,
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'Quiet hours must end at another time.' });

/** What a link that ends mails says, sealed; and whether Gait's own page posts it. */
export const unsubscribeSchema = z.strictObject({
  of: z.string().min(1).max(2_000),
  from: z.literal('page').optional(),
});

export const resendSchema = z.object({ delivery: z.uuid('There is no such delivery.') });
