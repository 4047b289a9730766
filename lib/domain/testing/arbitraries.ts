import fc from 'fast-check';
import { z } from 'zod';
import { EVENT_DATA, EVENT_TYPES, type EventType, type GaitEvent } from '../event';
import { aTask, type TaskStory } from './builders';
import { actorOf, STORY_START, type Who } from './event-log';

/** Few values, so that events meet: the same task, the same person, the same head. */
const POOLS: Readonly<Record<string, readonly string[]>> = {
  ref: ['task-1', 'task-1', 'task-1', 'task-2', 'review-1', 'review-2', 'revert'],
  login: ['ana', 'ANA', 'ben', 'rita', 'claude-code', 'dependabot[bot]', '@ben ', '__proto__'],
  key: ['claude-code', 'Claude-Code', 'ana'],
  headSha: ['aaaaaaa', 'aaaaaaa1', 'bbbbbbb', 'ccccccc'],
  category: ['tests', 'fix', 'constructor', 'unclassified'],
};

const MAX_ITEMS = 3;

/** What loose objects may carry besides: named like fields of other types, which no fold may take for its own. */
const strayFields = fc.option(
  fc.dictionary(fc.constantFrom('task', 'incident', 'review', 'by', 'stray'), fc.jsonValue({ maxDepth: 1 }), {
    maxKeys: 2,
  }),
  { nil: {} },
);

function anyText(schema: z.ZodType, field: string): fc.Arbitrary<string> {
  const pool = POOLS[field];
  const free = fc.oneof(
    fc.constantFrom(
      'feat(api)!: add',
      'chore(deps): bump a from 1 to 2',
      'security',
      'src/auth/a.ts',
      'é\t**',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    fc.webUrl(),
  );
  const text = pool ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pool) }, free) : free;
  return text.filter((value) => schema.safeParse(value).success);
}

/** Values that a schema of EVENT_DATA lets in, drawn from the schema itself: it follows when the schema changes. */
function valuesOf(schema: unknown, field: string): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return fc.option(valuesOf(schema.unwrap(), field), { nil: undefined });
  }
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape).map(
      ([name, inner]) => [name, valuesOf(inner, name)] as const,
    );
    const known = fc.record(Object.fromEntries(fields));
    return fc
      .tuple(strayFields, known)
      .map(([stray, value]) => ({ ...stray, ...value }))
      .map((value) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)));
  }
  if (schema instanceof z.ZodArray)
    return fc.array(valuesOf(schema.element, field), { maxLength: MAX_ITEMS });
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodNumber) {
    const numbers = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1000));
    return numbers.filter((value) => schema.safeParse(value).success);
  }
  if (schema instanceof z.ZodType) return anyText(schema, field);
  throw new Error(`No values known for the field ${field}`);
}

function anyEventOf(type: EventType): fc.Arbitrary<GaitEvent> {
  return fc
    .record({
      source: fc.constantFrom('webhook', 'import'),
      id: fc.uuid(),
      // Few instants, so that ties occur.
      at: fc.nat(20).map((minutes) => STORY_START + minutes * 30_000),
      data: valuesOf(EVENT_DATA[type], 'data'),
    })
    .map(({ data, ...rest }) => ({ ...rest, type, data: EVENT_DATA[type].parse(data) }) as GaitEvent);
}

/** Any event that the schemas let in, of few tasks, people, heads and instants. */
export const anyEvent: fc.Arbitrary<GaitEvent> = fc.oneof(...EVENT_TYPES.map(anyEventOf));

/** Any record: up to forty such events. */
export const anyRecord: fc.Arbitrary<GaitEvent[]> = fc.array(anyEvent, { maxLength: 40 });

const someone: fc.Arbitrary<Who> = fc.constantFrom<Who[]>(
  'ana',
  'ANA',
  'ben',
  'rita',
  { login: 'claude-code' },
  {
    login: 'coderabbitai[bot]',
  },
);

const turn: fc.Arbitrary<(story: TaskStory) => TaskStory> = fc.oneof(
  someone.map((who) => (story: TaskStory) => story.approvedBy(who)),
  someone.map((who) => (story: TaskStory) => story.approvedBy(who, { headSha: null })),
  someone.map((who) => (story: TaskStory) => story.sentBackBy(who)),
  someone.map((who) => (story: TaskStory) => story.commentedBy(who, { ref: 'thread' })),
  fc.option(someone, { nil: undefined }).map((who) => (story: TaskStory) => story.pushed(who)),
  someone.map((who) => (story: TaskStory) => story.updated({ authors: [actorOf(who)] })),
  fc.constantFrom(
    (story: TaskStory) => story.dismissed(),
    (story: TaskStory) => story.updated({ labels: ['bug'] }),
    (story: TaskStory) => story.after({ seconds: 20 }),
    (story: TaskStory) => story.after({}),
  ),
);

const ending: fc.Arbitrary<(story: TaskStory) => TaskStory> = fc.oneof(
  { weight: 4, arbitrary: someone.map((who) => (story: TaskStory) => story.merged(who)) },
  fc.tuple(someone, fc.constantFrom('human', 'agent', 'inactivity')).map(
    ([by, cause]) =>
      (story: TaskStory) =>
        story.closed({ by, cause }),
  ),
  someone.map((by) => (story: TaskStory) => story.closed({ by })),
  fc.constant((story: TaskStory) => story),
);

/** A task of an agent that goes a plausible way: some turns, an end, and some more turns after it. */
export const anyStory: fc.Arbitrary<TaskStory> = fc
  .tuple(fc.array(turn, { maxLength: 6 }), ending, fc.array(turn, { maxLength: 2 }))
  .map(([before, end, after]) =>
    [...before, end, ...after].reduce(
      (story, tell) => tell(story),
      aTask('task-1').openedBy('claude-code', { authors: [{ login: 'claude-code' }] }),
    ),
  );

/** A record, and the same record as it may arrive: in another order, some events twice. */
export const anyArrival: fc.Arbitrary<{ record: GaitEvent[]; arrived: GaitEvent[] }> = fc
  .oneof(
    anyRecord,
    anyStory.map(({ events }) => [...events]),
  )
  .chain((record) =>
    fc
      .tuple(fc.shuffledSubarray(record, { minLength: record.length }), fc.subarray(record))
      .map(([shuffled, repeats]) => ({ record, arrived: [...repeats, ...shuffled] })),
  );
