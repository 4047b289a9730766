import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { actorSchema, EVENT_DATA, EVENT_TYPES, INTERNAL_EVENT_TYPES } from '@/lib/domain/event';
import { MAX_BODY_BYTES, MAX_EVENTS, parseEvent } from './schema';

const page = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
const table = page.slice(page.indexOf('## Limits'), page.indexOf('## An example'));
const NOW = Date.UTC(2026, 10, 24);

type Row = { limit: string; names: string[]; text: string };

/** The rows of the table; `task.paths[]` is each of them. */
const rows: Row[] = table
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, limit = '', text = ''] = line.split('|').map((cell) => cell.trim());
    const names = [...text.matchAll(/(each of )?`([^`]+)`/g)].map(
      ([, each, name]) => `${name}${each ? '[]' : ''}`,
    );
    return { limit, names, text };
  });
const numberIn = (text: string) => Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', ''));
const limitOf = (name: string, unit: string) => {
  const found = rows.filter(({ limit, names }) => names.includes(name) && limit.includes(unit));
  expect(found.length, `${name}, ${unit}`).toBe(1);
  return numberIn(found[0]?.limit ?? '');
};

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? bare(schema.def.innerType)
    : schema;
}

/** What can be too long or too great in events from outside, by the names of the page. */
function measuredIn(schema: z.core.$ZodType, name: string): [string, z.core.$ZodType][] {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) {
    const path = inner === actorSchema || name === '' ? '' : `${name}.`;
    return Object.entries(inner.shape).flatMap(([key, field]: [string, z.ZodType]) =>
      measuredIn(field, `${path}${key}`),
    );
  }
  if (inner instanceof z.ZodArray) return [[name, inner], ...measuredIn(inner.def.element, `${name}[]`)];
  return inner instanceof z.ZodEnum || name === 'confidence' ? [] : [[name, inner]];
}

const types = EVENT_TYPES.filter((type) => !INTERNAL_EVENT_TYPES.includes(type));
const measured = new Map(types.flatMap((type) => measuredIn(EVENT_DATA[type], '')));

function unitOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodArray) return ' entries';
  return schema instanceof z.ZodNumber ? '' : ' characters';
}

/** A value of that length, or of that number. */
function ofSize(schema: z.core.$ZodType, size: number): unknown {
  if (schema instanceof z.ZodArray)
    return Array(size).fill(bare(schema.def.element) === actorSchema ? { login: 'ana' } : 'x');
  if (schema instanceof z.ZodNumber) return size;
  return schema instanceof z.ZodURL ? 'https://example.com/'.padEnd(size, 'x') : 'x'.repeat(size);
}

const task = (facts: object) => ({
  specversion: '1.0',
  id: 'i',
  source: 's',
  type: types[0],
  data: { task: { ref: 't', ...facts } },
});
const isTaken = (event: object) => parseEvent(event, NOW).ok;
const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) });

describe('the limits in docs/events.md', () => {
  it.each([...measured])('are those of %s', (name, schema) => {
    const limit = limitOf(name, unitOf(schema));
    expect(z.safeParse(schema, ofSize(schema, limit)).success).toBe(true);
    expect(z.safeParse(schema, ofSize(schema, limit + 1)).success).toBe(false);
  });

  it('name nothing else', () => {
    const others = ['id', 'source', 'data'];
    expect(new Set(rows.flatMap(({ names }) => names))).toEqual(new Set([...measured.keys(), ...others]));
  });

  it.each(['id', 'source'])('are those of %s', (name) => {
    const limit = limitOf(name, ' characters');
    expect(isTaken({ ...task({}), [name]: 'x'.repeat(limit) })).toBe(true);
    expect(isTaken({ ...task({}), [name]: 'x'.repeat(limit + 1) })).toBe(false);
  });

  it('are those of nesting', () => {
    const limit = limitOf('data', ' levels');
    const deep = (levels: number) => ({
      ...task({}),
      data: { task: { ref: 't' }, more: nested(levels - 1) },
    });
    expect(isTaken(deep(limit))).toBe(true);
    expect(isTaken(deep(limit + 1))).toBe(false);
  });

  it('are those of refs in bytes', () => {
    const bytes = numberIn(/ and ([\d,]+) bytes/.exec(table)?.[1] ?? '');
    expect(isTaken(task({ ref: 'é'.repeat(bytes / 2) }))).toBe(true);
    expect(isTaken(task({ ref: `${'é'.repeat(bytes / 2 - 1)}試` }))).toBe(false);
  });

  it('are those of a request', () => {
    expect(table).toContain(`${MAX_EVENTS.toLocaleString('en')} events`);
    expect(table).toContain(`${MAX_BODY_BYTES / 1024 / 1024} MiB`);
  });
});
