import { z } from 'zod';
import { SEVERITIES } from '@/lib/domain/event';
import { typedTime } from '@/lib/events/typed-time';

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max.toLocaleString('en')} characters.`);
const optional = (max: number) => line(max).transform((value) => value || undefined);

export const recordIncidentSchema = z.object({
  title: line(1000).min(1, 'Say what happened.'),
  ref: line(500).min(1, 'Give a reference, such as pagerduty:Q123.'),
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
  incident: line(500).min(1, 'Which incident?'),
  task: line(500).min(1, 'Which task?'),
  status: z.enum(['confirmed', 'rejected'], 'Say whether they belong together.'),
  /** Needed to take back what was confirmed. */
  reason: optional(2000).optional(),
});
