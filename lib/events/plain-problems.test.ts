import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EVENT_DATA, EVENT_TYPES, type EventType } from '@/lib/domain/event';
import { plainIssue } from '@/lib/domain/plain-issue';
import { parseEvent, problemsOf } from './schema';

const JARGON =
  /invalid|expected|received|nonoptional|discriminator|undefined|\bNaN\b|too (big|small)|unrecognized|union|string|array|regex|enum|zod/i;

/** Whatever is wrong with a size, one sentence says what is allowed. */
const SIZE = /^must be a whole number from 0 to 1,000,000,000$/;

const NOW = Date.UTC(2026, 10, 22);

type Place = { pointer: string; path: readonly string[]; schema: z.core.$ZodType; isRequired: boolean };

/** What a wrapper such as `optional` holds. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? bare(schema.def.innerType)
    : schema;
}

/** Every field of the schema, with those of the objects in it. */
function placesIn(schema: z.core.$ZodType, path: readonly string[] = []): Place[] {
  const inner = bare(schema);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape).flatMap(([name, field]: [string, z.ZodType]) => {
    const here = [...path, name];
    const place = {
      pointer: `/${here.join('/')}`,
      path: here,
      schema: bare(field),
      isRequired: !field.isOptional(),
    };
    return [place, ...placesIn(field, here)];
  });
}

/** A value that the schema takes: every field of every object filled. */
function good(schema: z.core.$ZodType): unknown {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(inner.shape).map(([name, field]) => [name, good(field as z.ZodType)]),
    );
  if (inner instanceof z.ZodArray) return [good(inner.def.element)];
  if (inner instanceof z.ZodEnum) return inner.options[0];
  if (inner instanceof z.ZodNumber) return 1;
  return inner instanceof z.ZodURL ? 'https://example.com' : 'text';
}

/** The good value with another at one place; `undefined` takes the place away. */
function withOther(type: EventType, path: readonly string[], other: unknown): unknown {
  const value = structuredClone(good(EVENT_DATA[type])) as Record<string, unknown>;
  const holder = path.slice(0, -1).reduce((at, name) => at[name] as Record<string, unknown>, value);
  const last = path.at(-1) ?? '';
  if (other === undefined) delete holder[last];
  else holder[last] = other;
  return value;
}

/** Values that each kind of field refuses, and what is to be said of them. */
function wrongFor({ schema }: Place): [unknown, RegExp][] {
  if (schema instanceof z.ZodEnum) {
    const said = new RegExp(`^must be one of ${schema.options.join(', ')}$`);
    return [
      ['never', said],
      [7, said],
      [null, said],
    ];
  }
  if (schema instanceof z.ZodURL)
    return [
      [7, /http or https/],
      ['ftp://x', /http or https/],
      ['no', /http or https/],
    ];
  if (schema instanceof z.ZodString)
    return [
      [7, /^must be text$/],
      [[], /^must be text$/],
      [null, /^must be text$/],
      ['', /^must not be empty$/],
      ['x'.repeat(5_000), /^must have at most [\d,]+ characters$/],
    ];
  if (schema instanceof z.ZodNumber && schema.isInt)
    return ['1', null, -1, -1e17, 1.5, 1_000_000_001, 1e17, 1e300].map((value) => [value, SIZE]);
  if (schema instanceof z.ZodNumber)
    return [
      ['1', /^must be a number$/],
      [-1, /^must be at least 0$/],
      [1e12, /^must be at most 1$/],
    ];
  if (schema instanceof z.ZodArray)
    return [
      ['x', /^must be a list$/],
      [Array(4_000).fill(good(schema.def.element)), /at most [\d,]+ entries$/],
    ];
  return [
    ['x', /^must be an object$/],
    [[], /^must be an object$/],
    [null, /^must be an object$/],
  ];
}

function problemsWith(type: EventType, place: Place, value: unknown) {
  const parsed = EVENT_DATA[type].safeParse(withOther(type, place.path, value), { error: plainIssue });
  return parsed.success ? [] : problemsOf(parsed.error);
}

describe.each(EVENT_TYPES)('%s', (type) => {
  const places = placesIn(EVENT_DATA[type]);

  it('says of each field once, and plainly, what is wrong with it', () => {
    expect(places.length).toBeGreaterThan(1);
    expect(EVENT_DATA[type].safeParse(good(EVENT_DATA[type])).success).toBe(true);
    for (const place of places) {
      for (const [value, said] of wrongFor(place)) {
        const problems = problemsWith(type, place, value);
        const what = `${place.pointer} = ${JSON.stringify(value)?.slice(0, 40)}`;
        expect(problems, what).toEqual([{ pointer: place.pointer, message: expect.stringMatching(said) }]);
        expect(problems[0]?.message, what).not.toMatch(JARGON);
      }
    }
  });

  it('says of each field that is missing that it is required, if it is', () => {
    for (const place of places) {
      const missing = place.isRequired ? [{ pointer: place.pointer, message: 'is required' }] : [];
      expect(problemsWith(type, place, undefined), place.pointer).toEqual(missing);
    }
  });
});

it('says of the envelope, too, once and plainly what is wrong', () => {
  const event = {
    specversion: '1.0',
    id: 'i',
    source: 's',
    type: EVENT_TYPES[0],
    data: { task: { ref: 't' } },
  };
  const said = (changes: object) => {
    const parsed = parseEvent({ ...event, ...changes }, NOW);
    return parsed.ok ? [] : parsed.problems;
  };
  for (const name of ['specversion', 'id', 'source', 'type', 'time', 'data'])
    for (const value of [undefined, null, 7, [], {}, 'x'.repeat(600)]) {
      const problems = said({ [name]: value });
      expect(problems.length, `${name} = ${value}`).toBeLessThanOrEqual(1);
      for (const { message } of problems) expect(message).not.toMatch(JARGON);
    }
  expect(said({ id: [] })).toEqual([{ pointer: '/id', message: 'must be text' }]);
  expect(said({ data: undefined })).toEqual([{ pointer: '/data', message: 'is required' }]);
  expect(parseEvent('x', NOW)).toMatchObject({ problems: [{ pointer: '', message: 'must be an object' }] });
});

it.each([
  ['task.opened', { task: { ref: ' ' } }, '/data/task/ref'],
  ['task.opened', { task: { ref: 'a', agent: { key: ' ' } } }, '/data/task/agent/key'],
  ['task.opened', { task: { ref: 'a', team: '\t' } }, '/data/task/team'],
  ['task.opened', { task: { ref: 'a', requester: { login: '  ' } } }, '/data/task/requester/login'],
])('a name that is made of spaces is none: %s %j', (type, data, pointer) => {
  const event = { specversion: '1.0', id: '1', source: 'test', type: `dev.gait.${type}.v1`, data };
  expect(parseEvent(event, Date.UTC(2026, 10, 24))).toMatchObject({
    ok: false,
    problems: [{ pointer, message: 'must not be blank' }],
  });
});

it.each([
  ['ref', 'acme/shop\u200b#1', 'must not hold invisible characters'],
  ['ref', 'acme\u202e/shop#1', 'must not hold invisible characters'],
  ['team', 'Pay\u2066ments', 'must not hold invisible characters'],
  ['repository', 'acme/\ufeffshop', 'must not hold invisible characters'],
])('a name is what it looks like: %s %j', (field, value, message) => {
  const data = { task: { ref: 'a', [field]: value } };
  const event = { specversion: '1.0', id: '1', source: 'test', type: 'dev.gait.task.opened.v1', data };
  expect(parseEvent(event, NOW)).toMatchObject({
    ok: false,
    problems: [{ pointer: `/data/task/${field}`, message }],
  });
});

it('a title may hold what writing needs: a family is joined by characters that are not seen', () => {
  const data = { task: { ref: 'a', title: 'Fix \u{1f469}\u200d\u{1f467} \u202bשלום\u202c', team: 'פיתוח' } };
  const event = { specversion: '1.0', id: '1', source: 'test', type: 'dev.gait.task.opened.v1', data };
  expect(parseEvent(event, NOW)).toMatchObject({ ok: true });
});
