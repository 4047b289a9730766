import { z } from 'zod';
import { calendarDay } from '@/lib/domain/calendar-day';
import { OUTCOME_LABELS } from '@/lib/domain/outcome';
import { isZone } from '@/lib/domain/report/iso-week';
import { textLine } from '@/lib/domain/text-line';
import { typedTime } from '@/lib/events/typed-time';
import { COUNTED } from './types';

const required = (max: number, message: string) => textLine(max).min(1, message);
const optional = (max: number) => textLine(max).transform((value) => value || undefined);

/** No event lies before this day. */
const FIRST_DAY = '2000-01-01';

const optionalDate = z
  .union([
    z.literal('').transform(() => undefined),
    z.iso.date('Give a date.').refine((day) => day >= FIRST_DAY, 'Give a day of this century.'),
  ])
  .optional();

export const recordTaskSchema = z
  .object({
    title: required(1000, 'Say what the task is.'),
    ref: required(500, 'Give a reference, such as github:acme/shop#123.'),
    /** Said by a person who was told that a task has this reference, and means that one. */
    change: z.literal('on').optional(),
    state: z.enum(['open', 'merged', 'closed'], 'Choose a state.'),
    team: required(100, 'Name the team.'),
    category: optional(100),
    agent: required(200, 'Name the agent.'),
    requester: optional(200),
    /** Days (UTC) on which it was opened and decided; today, when absent. */
    openedOn: optionalDate,
    decidedOn: optionalDate,
    /** Who gave a verdict before the decision, and which; nobody, when absent. */
    reviewer: optional(200).optional(),
    reviewVerdict: z.enum(['approved', 'changes_requested'], 'Choose a verdict.').default('approved'),
    url: z.union([
      z.literal('').transform(() => undefined),
      z.url({ protocol: /^https?$/, message: 'Give an http or https address.' }).max(2000),
    ]),
  })
  .refine(({ openedOn, decidedOn }) => !openedOn || !decidedOn || openedOn <= decidedOn, {
    message: 'It cannot be decided before it was opened.',
    path: ['decidedOn'],
  })
  .refine(({ state, decidedOn }) => state !== 'open' || !decidedOn, {
    message: 'An open task is not decided yet: leave this empty, or choose another state.',
    path: ['decidedOn'],
  });

export const recordReviewSchema = z.object({
  task: required(500, 'Give the reference of the task.'),
  reviewer: required(200, 'Say who reviewed.'),
  verdict: z.enum(['approved', 'changes_requested', 'commented'], 'Choose a verdict.'),
  headSha: optional(100),
  at: typedTime,
});

export const classifyTaskSchema = z.object({
  task: required(500, 'Which task?'),
  category: required(100, 'Choose a kind of work.'),
  reason: required(2000, 'Say why, so that others understand.'),
});

/** What `GET /api/v1/tasks` may be narrowed by. */
export const taskQuerySchema = z.strictObject({
  team: z.string().max(100).optional(),
  category: z.string().max(100).optional(),
  agent: z.string().max(200).optional(),
  state: z.enum(['open', 'merged', 'closed'], 'must be open, merged or closed').optional(),
  outcome: z
    .string()
    .refine(
      (value) => Object.hasOwn(OUTCOME_LABELS, value),
      `must be one of ${Object.keys(OUTCOME_LABELS).join(', ')}`,
    )
    .optional(),
  q: z.string().max(200).optional(),
  week: calendarDay('must be a date such as 2026-11-16').optional(),
  zone: z.string().max(100).refine(isZone, 'must be a time zone such as Europe/Berlin').optional(),
  counted: z.enum(COUNTED, `must be one of ${COUNTED.join(', ')}`).optional(),
  cursor: z.string().max(2000).optional(),
});
