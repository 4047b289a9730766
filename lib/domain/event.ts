import { z } from 'zod';

/**
 * The evidence events, version 1: what may stand in `data` of each type. Objects are loose: fields that
 * Gait does not know are kept with the event. Strings hold no control characters but tab and newline.
 */

export const EVENT_TYPES = [
  'dev.gait.task.opened.v1',
  'dev.gait.task.updated.v1',
  'dev.gait.task.merged.v1',
  'dev.gait.task.closed.v1',
  'dev.gait.task.reverted.v1',
  'dev.gait.task.classified.v1',
  'dev.gait.review.submitted.v1',
  'dev.gait.review.dismissed.v1',
  'dev.gait.incident.opened.v1',
  'dev.gait.incident.updated.v1',
  'dev.gait.incident.resolved.v1',
  'dev.gait.incident.linked.v1',
  'dev.gait.recommendation.decided.v1',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Types that only Gait itself writes, after its own checks; refused from outside. */
export const INTERNAL_EVENT_TYPES: readonly EventType[] = [
  'dev.gait.task.classified.v1',
  'dev.gait.recommendation.decided.v1',
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Characters that turn the writing round or are not seen: two names that look alike would be two. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

function text(max: number) {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max.toLocaleString('en')} characters`)
    .refine((value) => !CONTROL.test(value), 'must not hold control characters')
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');
}

/** What people and lists know somebody or something by: not made of spaces alone, and what it looks like. */
const name = (max: number) =>
  text(max)
    .refine((value) => value.trim() !== '', 'must not be blank')
    .refine((value) => !INVISIBLE.test(value), 'must not hold invisible characters');

/** No column of sizes holds more than twice as much. */
const MAX_SIZE = 1_000_000_000;
/** What a count of lines or files may be. */
export const SIZE = `a whole number from 0 to ${MAX_SIZE.toLocaleString('en')}`;

/** Whatever is wrong with a size, the same words say what is allowed. */
export const sizeSchema = z.int(`must be ${SIZE}`).min(0, `must be ${SIZE}`).max(MAX_SIZE, `must be ${SIZE}`);

/** The two names that a web address reads as a way and not as a place: nobody could ever open such a task. */
const UNREACHABLE = new Set(['.', '..']);

export const refSchema = name(500).refine((value) => !UNREACHABLE.has(value), 'must not be "." or ".."');

export const actorSchema = z.looseObject({
  login: name(200),
  kind: z.enum(['human', 'bot', 'agent']).optional(),
});

export const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CAUSES = ['agent error', 'context gap', 'governance gap', 'review miss', 'unrelated'] as const;

const taskRefOnly = z.looseObject({ ref: refSchema });

const taskFacts = z.looseObject({
  ref: refSchema,
  title: text(1000).optional(),
  url: z
    .url({ protocol: /^https?$/, message: 'must be an http or https address' })
    .max(2000)
    .optional(),
  repository: name(300).optional(),
  /** Name of the team; without it the repository's team counts. */
  team: name(100).optional(),
  /** Key of a task category; without it the classifier decides. */
  category: text(100).optional(),
  agent: z
    .looseObject({
      key: name(200),
      name: text(200).optional(),
      vendor: text(200).optional(),
      model: text(200).optional(),
      version: text(200).optional(),
    })
    .optional(),
  requester: actorSchema.optional(),
  /** Everyone who wrote a commit of the change. */
  authors: z.array(actorSchema).max(200).optional(),
  labels: z.array(text(200)).max(100).optional(),
  paths: z.array(text(1000)).max(3000).optional(),
  additions: sizeSchema.optional(),
  deletions: sizeSchema.optional(),
  files: sizeSchema.optional(),
  headSha: text(100).optional(),
});

const incidentRefOnly = z.looseObject({ ref: refSchema });

/** Schema of `data`, by event type. */
export const EVENT_DATA = {
  'dev.gait.task.opened.v1': z.looseObject({ task: taskFacts }),
  'dev.gait.task.updated.v1': z.looseObject({ task: taskFacts, by: actorSchema.optional() }),
  'dev.gait.task.merged.v1': z.looseObject({ task: taskFacts, by: actorSchema.optional() }),
  'dev.gait.task.closed.v1': z.looseObject({
    task: taskFacts,
    by: actorSchema.optional(),
    /** Why it was closed, where the source knows: by a person, by the agent, or for inactivity. */
    cause: z.enum(['human', 'agent', 'inactivity']).optional(),
  }),
  'dev.gait.task.reverted.v1': z.looseObject({ task: taskRefOnly, by: actorSchema.optional() }),
  'dev.gait.task.classified.v1': z.looseObject({
    task: taskRefOnly,
    category: text(100),
    by: text(200),
    reason: text(2000),
  }),
  'dev.gait.review.submitted.v1': z.looseObject({
    task: taskRefOnly,
    review: z.looseObject({
      ref: refSchema,
      reviewer: actorSchema,
      verdict: z.enum(['approved', 'changes_requested', 'commented']),
      headSha: text(100).optional(),
    }),
  }),
  'dev.gait.review.dismissed.v1': z.looseObject({
    task: taskRefOnly,
    review: z.looseObject({ ref: refSchema }),
    by: actorSchema.optional(),
  }),
  'dev.gait.incident.opened.v1': z.looseObject({
    incident: z.looseObject({
      ref: refSchema,
      title: text(1000),
      severity: z.enum(SEVERITIES),
      team: name(100).optional(),
      url: z
        .url({ protocol: /^https?$/, message: 'must be an http or https address' })
        .max(2000)
        .optional(),
    }),
  }),
  'dev.gait.incident.updated.v1': z.looseObject({
    incident: z.looseObject({
      ref: refSchema,
      title: text(1000).optional(),
      severity: z.enum(SEVERITIES).optional(),
      cause: z.enum(CAUSES).optional(),
    }),
  }),
  'dev.gait.incident.resolved.v1': z.looseObject({ incident: incidentRefOnly }),
  'dev.gait.incident.linked.v1': z.looseObject({
    incident: incidentRefOnly,
    task: taskRefOnly,
    /** `suggested` until a human confirms or rejects it; only a confirmed link is charged. */
    status: z.enum(['suggested', 'confirmed', 'rejected']).default('suggested'),
    /** How sure the source is, in [0,1]. */
    confidence: z.number().min(0).max(1).optional(),
    by: actorSchema.optional(),
    /** Why, in the words of whoever set the status. */
    reason: text(2000).optional(),
  }),
  'dev.gait.recommendation.decided.v1': z.looseObject({
    lane: z.looseObject({ team: text(100), category: text(100) }),
    recommendation: text(100),
    action: z.enum(['accept', 'decline']),
    to: z.enum(['crawl', 'walk', 'run']),
    person: z.looseObject({ id: text(100), name: text(200) }),
    reason: text(2000),
  }),
} as const satisfies Record<EventType, z.ZodType>;

type DataOf<T extends EventType> = z.infer<(typeof EVENT_DATA)[T]>;

/**
 * A validated event as the folds read it. `at` in milliseconds since 1970 (UTC). `senderTeam`: slug of the only team that its sender
 * speaks for; absent where the sender speaks for the organisation: its own tokens, people, imports.
 */
export type GaitEvent = {
  [T in EventType]: {
    type: T;
    source: string;
    id: string;
    at: number;
    data: DataOf<T>;
    senderTeam?: string;
  };
}[EventType];

/** Where an event stands in the record. */
export type RecordPlace = Pick<GaitEvent, 'at' | 'source' | 'id' | 'senderTeam'>;

/** The total order of the record: by time, source, id and sender's team. It does not depend on arrival. */
export function byRecordOrder(a: RecordPlace, b: RecordPlace): number {
  return (
    a.at - b.at ||
    byText(a.source, b.source) ||
    byText(a.id, b.id) ||
    byText(a.senderTeam ?? '', b.senderTeam ?? '')
  );
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
