import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { actorSchema, EVENT_DATA, EVENT_TYPES, INTERNAL_EVENT_TYPES, refSchema } from './event';

const page = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
const types = EVENT_TYPES.filter((type) => !INTERNAL_EVENT_TYPES.includes(type));
const shortName = (type: string) => type.replace(/^dev\.gait\.|\.v1$/g, '');

function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? bare(schema.def.innerType as z.ZodType)
    : schema;
}

/** Fields by their place, `task.ref`; what has a name of its own on the page is not gone into. */
function fieldsOf(schema: z.ZodType, path = ''): { name: string; isRequired: boolean; words: string[] }[] {
  const inner = bare(schema);
  if (!(inner instanceof z.ZodObject) || inner === actorSchema) return [];
  return Object.entries(inner.shape).flatMap(([key, field]: [string, z.ZodType]) => {
    const name = path === '' ? key : `${path}.${key}`;
    const [kind, isRequired] = [bare(field), !field.isOptional()];
    const isInside = kind instanceof z.ZodObject && kind !== actorSchema && key !== 'agent';
    if (isInside) return fieldsOf(field, name);
    return [{ name, isRequired, words: kind instanceof z.ZodEnum ? kind.options.map(String) : [] }];
  });
}

/** The cells of a type's row: required, optional. */
function rowOf(type: string): string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${shortName(type)}\` |`));
  return row?.split('|').slice(2, 4) ?? [];
}

const FACTS = fieldsOf(EVENT_DATA['dev.gait.task.opened.v1'])
  .map(({ name }) => name)
  .filter((name) => name !== 'task.ref');
const named = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);

describe('docs/events.md', () => {
  it.each(types)('names each field of %s, required or optional, and no other', (type) => {
    const [required = '', optional = ''] = rowOf(type);
    const fields = fieldsOf(EVENT_DATA[type]);
    const hasFacts = fields.some(({ name }) => name === 'task.title');
    expect(optional.includes('*facts*')).toBe(hasFacts);
    const own = fields.filter(({ name }) => !hasFacts || !FACTS.includes(name));
    const pick = (wanted: boolean) =>
      own.filter(({ isRequired }) => isRequired === wanted).map(({ name }) => name);
    expect(named(required).sort()).toEqual(pick(true).sort());
    expect(named(optional).sort()).toEqual(pick(false).sort());
    for (const { name, words } of own)
      for (const word of words) expect(required + optional, name).toContain(word);
  });

  it('names each fact of a task, and no other', () => {
    const rows = page
      .split('\n')
      .filter(
        (line) =>
          line.startsWith('| `task.') && !types.some((type) => line.startsWith(`| \`${shortName(type)}\` |`)),
      );
    expect(rows.flatMap((row) => named(row.split('|')[1] ?? '')).sort()).toEqual(FACTS.sort());
    const agent = rows.find((row) => row.startsWith('| `task.agent`')) ?? '';
    expect(named(agent.split('|')[2] ?? '')).toEqual(['key', 'name', 'vendor', 'model', 'version']);
  });

  it('tells apart what the schema tells apart', () => {
    expect(refSchema.safeParse('x'.repeat(501)).success).toBe(false);
    expect(Object.keys(actorSchema.shape)).toEqual(['login', 'kind']);
    for (const type of EVENT_TYPES) expect(page).toContain(shortName(type));
  });
});
