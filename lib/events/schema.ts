import { z } from 'zod';
import { EVENT_DATA, EVENT_TYPES, type EventType, INTERNAL_EVENT_TYPES } from '@/lib/domain/event';
import { plainIssue } from '@/lib/domain/plain-issue';
import { instantOf } from '@/lib/domain/rfc3339';
import { findUnstorable } from './storable';

/** At most this many events in one request. */
export const MAX_EVENTS = 5_000;
/** At most this many bytes in one request, after decompression. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** At most this many values in one event, and in one request: a full event has 4,000, a full request with short texts 400,000. */
export const MAX_EVENT_VALUES = 10_000;
export const MAX_REQUEST_VALUES = 500_000;
/** So many problems of one event are told. */
const MAX_PROBLEMS = 10;

/** No event lies before this instant. */
export const EARLIEST = Date.UTC(2000, 0, 1);
/** Clocks differ: an event may lie this far ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60_000;

const NO_TIME = 'must be an RFC 3339 time that exists, such as 2026-11-22T09:30:00Z';

const envelopeSchema = z.object({
  specversion: z.literal('1.0', 'must be "1.0"'),
  id: z.string().min(1, 'must not be empty').max(300, 'must have at most 300 characters'),
  source: z.string().min(1, 'must not be empty').max(500, 'must have at most 500 characters'),
  type: z.string(),
  time: z
    .string(NO_TIME)
    .transform((text, { addIssue }) => {
      const at = instantOf(text);
      if (at !== null) return at;
      addIssue(NO_TIME);
      return z.NEVER;
    })
    .optional(),
  data: z.unknown(),
});

/** What is wrong, and where: a JSON pointer (RFC 6901) into the event. */
export type Problem = { pointer: string; message: string };

/** A validated event, ready to be recorded. `at` in milliseconds since 1970 (UTC). */
export type NewEvent = {
  source: string;
  id: string;
  type: EventType;
  at: number;
  taskRef: string | null;
  incidentRef: string | null;
  lane: string | null;
  data: unknown;
};

export type ParsedEvent =
  | { ok: true; event: NewEvent }
  | { ok: false; id: string | null; problems: Problem[] };

/**
 * Checks one CloudEvent against the envelope and its type's schema.
 * @param now milliseconds since 1970; the time of an event that carries none, and the end of the allowed range
 * @param isStorable whether the text that it came in was found storable as a whole
 */
export function parseEvent(input: unknown, now: number, isStorable = false): ParsedEvent {
  const envelope = envelopeSchema.safeParse(input, { error: plainIssue });
  if (!envelope.success) return refuse(idOf(input), problemsOf(envelope.error));
  const { id, source, type, time, data } = envelope.data;
  const controls = (['id', 'source'] as const).filter((field) => hasControlCharacter(envelope.data[field]));
  if (controls.length > 0) {
    return refuse(
      id,
      controls.map((field) => ({ pointer: `/${field}`, message: 'must not hold control characters' })),
    );
  }
  if (!isKnownType(type)) return refuse(id, [{ pointer: '/type', message: explainType(type) }]);
  const at = time ?? now;
  const timeProblem = checkTime(at, now);
  if (timeProblem) return refuse(id, [{ pointer: '/time', message: timeProblem }]);
  const parsed = EVENT_DATA[type].safeParse(data, { error: plainIssue });
  if (!parsed.success) return refuse(id, problemsOf(parsed.error, '/data'));
  const unstorable = findUnstorable(parsed.data, isStorable);
  if (unstorable) return refuse(id, [unstorable]);
  return { ok: true, event: { source, id, type, at, ...subjectsOf(parsed.data), data: parsed.data } };
}

function isKnownType(type: string): type is EventType {
  return (
    (EVENT_TYPES as readonly string[]).includes(type) && !INTERNAL_EVENT_TYPES.includes(type as EventType)
  );
}

function explainType(type: string): string {
  if ((INTERNAL_EVENT_TYPES as readonly string[]).includes(type))
    return `${type} is written by Gait alone, when a person decides`;
  const versions = EVENT_TYPES.filter(
    (known) => known.replace(/\.v\d+$/, '') === type.replace(/\.v\d+$/, ''),
  );
  if (versions.length > 0) return `this version is not known; Gait knows ${versions.join(', ')}`;
  return `is not a type that Gait knows: ${type.slice(0, 100)}`;
}

function checkTime(at: number, now: number): string | null {
  if (at < EARLIEST) return 'lies before 2000-01-01';
  if (at > now + CLOCK_SKEW_MS) return 'lies in the future';
  return null;
}

function subjectsOf(data: object): Pick<NewEvent, 'taskRef' | 'incidentRef' | 'lane'> {
  const { task, incident, lane } = data as {
    task?: { ref: string };
    incident?: { ref: string };
    lane?: { team: string; category: string };
  };
  return {
    taskRef: task?.ref ?? null,
    incidentRef: incident?.ref ?? null,
    lane: lane ? `${lane.team}/${lane.category}` : null,
  };
}

/** The first problems, one a place: a value of the wrong type would else be said to be too short as well. */
export function problemsOf(error: z.ZodError, prefix = ''): Problem[] {
  const problems = new Map<string, Problem>();
  for (const { path, message } of error.issues) {
    const steps = path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`);
    const pointer = prefix + steps.join('');
    if (!problems.has(pointer)) problems.set(pointer, { pointer, message });
    if (problems.size === MAX_PROBLEMS) break;
  }
  return [...problems.values()];
}

function idOf(input: unknown): string | null {
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : null;
  return typeof id === 'string' ? id.slice(0, 300) : null;
}

function refuse(id: string | null, problems: Problem[]): ParsedEvent {
  return { ok: false, id, problems };
}

function hasControlCharacter(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  return /[\u0000-\u001f\u007f]/.test(value) || !value.isWellFormed();
}
