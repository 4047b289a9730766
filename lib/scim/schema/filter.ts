import { type Compare, type Filter, parse, filter as testerOf } from 'scim2-parse-filter';
import { type Attribute, attributesOf, named, type ResourceKind, splitUrn } from './attributes';
import { isObject } from './read-resource';
import { quoted, refusal } from './refusals';

/** Bounds how deep the parser recurses, and how much it copies. */
const MOST_CHARACTERS = 1_000;
/** The parser takes exponential time for line breaks in a text that has no end, so none reaches it. */
const CONTROL = /\p{Cc}/u;

/** An attribute that a filter or a path names, with the names as the schema writes them. */
export type Named = {
  urn: string | null;
  attribute: Attribute;
  sub: Attribute | null;
};

/** The dotted path of an attribute, as our filters write it. */
export function pathOf({ urn, attribute, sub }: Named): string {
  const path = sub === null ? attribute.name : `${attribute.name}.${sub.name}`;
  return urn === null ? path : `${urn}:${path}`;
}

/** Finds the attribute of a path such as `name.familyName`; null when no schema has it. */
export function findNamed(kind: ResourceKind, path: string): Named | null {
  const split = splitUrn(kind, path);
  if (split === null) return null;
  const [first = '', second, ...more] = split.rest.split('.');
  const attribute = named(attributesOf(kind, split.urn), first);
  if (attribute === null || more.length > 0) return null;
  if (second === undefined) return { urn: split.urn, attribute, sub: null };
  const sub = named(attribute.subAttributes, second);
  return sub && { urn: split.urn, attribute, sub };
}

/**
 * Parses a filter (RFC 7644 §3.4.2.2) and puts it into one form: names as the schema writes them, values of the attribute's type,
 * in lower case where it is compared without regard to case, times in UTC, a list of objects compared by its values.
 */
export function readFilter(kind: ResourceKind, text: string): Filter {
  return canonical(parsed(text), (path) => findNamed(kind, path));
}

/** The filter in a path such as `emails[type eq "work"]`, about the sub-attributes of one attribute. */
export function readValueFilter(attribute: Attribute, text: string): Filter {
  return canonical(parsed(text), within(attribute));
}

const within =
  ({ subAttributes }: Attribute) =>
  (path: string): Named | null => {
    const attribute = named(subAttributes, path);
    return attribute && { urn: null, attribute, sub: null };
  };

function parsed(text: string): Filter {
  if (text.length > MOST_CHARACTERS)
    throw refusal('invalidFilter', `A filter holds at most ${MOST_CHARACTERS} characters.`);
  if (CONTROL.test(text) || !text.isWellFormed())
    throw refusal('invalidFilter', 'A filter holds no line breaks and no control characters.');
  try {
    return parse(text);
  } catch {
    throw refusal('invalidFilter', `The filter ${quoted(text)} cannot be read.`);
  }
}

function canonical(filter: Filter, find: (path: string) => Named | null): Filter {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { op: filter.op, filters: filter.filters.map((part) => canonical(part, find)) };
    case 'not':
      return { op: 'not', filter: canonical(filter.filter, find) };
    case '[]': {
      const target = found(find, filter.attrPath);
      const { attribute, sub } = target;
      if (sub !== null || attribute.type !== 'complex')
        throw refusal('invalidFilter', `${quoted(filter.attrPath)} is no list of objects.`);
      return {
        op: '[]',
        attrPath: pathOf(target),
        valFilter: canonical(filter.valFilter, within(attribute)),
      };
    }
    case 'pr':
      return { op: 'pr', attrPath: pathOf(found(find, filter.attrPath)) };
    default:
      return comparison(filter, byValue(found(find, filter.attrPath)));
  }
}

function found(find: (path: string) => Named | null, path: string): Named {
  const target = find(path);
  if (target === null) throw refusal('invalidFilter', `There is no attribute ${quoted(path)} to filter by.`);
  return target;
}

/** `emails eq "…"` is about the values. */
function byValue(target: Named): Named {
  const { attribute, sub } = target;
  if (sub !== null || attribute.type !== 'complex') return target;
  const value = named(attribute.subAttributes, 'value');
  if (value === null)
    throw refusal('invalidFilter', `${quoted(attribute.name)} is an object: name a part of it.`);
  return { ...target, sub: value };
}

function comparison({ op, compValue }: Compare, target: Named): Compare {
  const attrPath = pathOf(target);
  const { type, caseExact } = target.sub ?? target.attribute;
  const wrong = (must: string) => refusal('invalidFilter', `${quoted(attrPath)} ${must}.`);
  if (compValue === null) {
    if (op !== 'eq' && op !== 'ne') throw wrong('can only equal null, or not');
    return { op, attrPath, compValue };
  }
  if (type === 'boolean') {
    const word = String(compValue).toLowerCase();
    if ((op !== 'eq' && op !== 'ne') || (word !== 'true' && word !== 'false'))
      throw wrong('is compared by eq or ne with true or false');
    return { op, attrPath, compValue: word === 'true' };
  }
  if (typeof compValue !== 'string') throw wrong('is compared with a text in quotes');
  if (type === 'dateTime') {
    const at = Date.parse(compValue);
    if (Number.isNaN(at) || Math.abs(at) > MAX_TIME || ['co', 'sw', 'ew'].includes(op))
      throw wrong('is compared in order, with a time such as "2026-11-24T08:00:00Z"');
    return { op, attrPath, compValue: new Date(at).toISOString() };
  }
  return { op, attrPath, compValue: caseExact ? compValue : compValue.toLowerCase() };
}

/** Times outside of the years 1 to 9999 are written in another way, which does not sort as text. */
const MAX_TIME = Date.UTC(9999, 0) - 1;

/** Whether a resource matches a filter that `readFilter` has read. */
export function matcherOf(kind: ResourceKind, filter: Filter): (resource: object) => boolean {
  const test = testerOf(withNulls(filter));
  return (resource) => test(foldedObject(attributesOf(kind, null), resource, kind));
}

/** Whether one value of a list is what the filter of a path means. */
export function matcherAmong(attribute: Attribute, filter: Filter): (value: object) => boolean {
  const test = testerOf(withNulls(filter));
  return (value) => test(folded(attribute, value, 'User'));
}

/** Null means unassigned: there is nothing present. */
function withNulls(filter: Filter): Filter {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { op: filter.op, filters: filter.filters.map(withNulls) };
    case 'not':
      return { op: 'not', filter: withNulls(filter.filter) };
    case '[]':
      return { ...filter, valFilter: withNulls(filter.valFilter) };
    case 'eq':
    case 'ne': {
      if (filter.compValue !== null) return filter;
      const present: Filter = { op: 'pr', attrPath: filter.attrPath };
      return filter.op === 'ne' ? present : { op: 'not', filter: present };
    }
    default:
      return filter;
  }
}

/** A copy in lower case, but for what is compared exactly. */
function foldedObject(attributes: readonly Attribute[], value: object, kind: ResourceKind): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const extension = attributesOf(kind, name);
      if (extension.length > 0 && isObject(part)) return [name, foldedObject(extension, part, kind)];
      const attribute = named(attributes, name);
      return [name, attribute === null ? part : folded(attribute, part, kind)];
    }),
  );
}

function folded(attribute: Attribute, value: unknown, kind: ResourceKind): unknown {
  if (Array.isArray(value)) return value.map((one) => folded(attribute, one, kind));
  if (isObject(value)) return foldedObject(attribute.subAttributes ?? [], value, kind);
  const isExact = attribute.caseExact || attribute.type === 'dateTime';
  return typeof value === 'string' && !isExact ? value.toLowerCase() : value;
}
