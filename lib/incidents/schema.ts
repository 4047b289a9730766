import { z } from 'zod';
import { SEVERITIES } from '@/lib/domain/event';
import { textLine } from '@/lib/domain/text-line';
import { typedTime } from '@/lib/events/typed-time';

const optional = (max: number) => textLine(max).transform((value) => value || undefined);

export const recordIncidentSchema = z.object({
  title: textLine(1000).min(1, 'Say what happened.'),
  ref: textLine(500).min(1, 'Give a reference, such as pagerduty:Q123.'),
  severity: z.enum(SEVERITIES, 'Choose a severity.'),
  team: optional(100),
  at: typedTime,
  /** The task behind it, where it is known; a person who names it here confirms the link. */
  task: optional(500),
  url: z.union([
    z.literal('').transform(() => undefined),
    z.url({ protocol: /^https?$/, message: 'Give an http or https address.' }).max(2000),
  ]),
});

export const linkIncidentSchema = z.object({
  incident: textLine(500).min(1, 'Which incident?'),
  task: textLine(500).min(1, 'Which task?'),
  status: z.enum(['confirmed', 'rejected'], 'Say whether they belong together.'),
  /** Needed to take back what was confirmed. */
  reason: optional(2000).optional(),
});
