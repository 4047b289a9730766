import { isDeepStrictEqual } from 'node:util';
import type { Filter } from 'scim2-parse-filter';
import { z } from 'zod';
import { type Attribute, attributesOf, named, type ResourceKind, splitUrn } from './attributes';
import { matcherAmong, readValueFilter } from './filter';
import { type Document, isObject, readValue } from './read-resource';
import { quoted, refusal } from './refusals';

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MOST_OPERATIONS = 1_000;

const bodySchema = z.object({
  schemas: z
    .array(z.string())
    .refine((ids) => ids.some((id) => id.toLowerCase() === PATCH_SCHEMA.toLowerCase()), 'must name PatchOp'),
  Operations: z
    .array(
      z.object({
        // Entra sends "Replace".
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(['add', 'replace', 'remove'])),
        path: z.string().max(1_000).nullish(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(MOST_OPERATIONS),
});

/** One change of one attribute, or of one part of it: what a PATCH comes down to, however it was written. */
export type Change = {
  readonly op: 'add' | 'replace' | 'remove';
  readonly urn: string | null;
  readonly attribute: Attribute;
  /** Which of several values; null = the attribute as a whole. */
  readonly filter: Filter | null;
  readonly sub: Attribute | null;
  /** Undefined = nothing: the target is taken away. */
  readonly value: unknown;
};

/**
 * Reads a PATCH (RFC 7644 §3.5.2) as directories really send it. A value without a path is an object of attributes, or of paths
 * (Entra: `"name.givenName"`); in it, what no schema knows and what only Gait sets is ignored, as in PUT. A path that is named
 * outright must exist and be writable.
 */
export function readPatch(kind: ResourceKind, body: unknown): Change[] {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refusal('invalidSyntax', `The PATCH cannot be read at “${issue?.path.join('.')}”.`);
  }
  return parsed.data.Operations.flatMap(({ op, path, value }) => {
    if (path) return changesAt(kind, op, path, value);
    if (op === 'remove') throw refusal('noTarget', 'To remove something, name its path.');
    if (!isObject(value)) throw refusal('invalidSyntax', 'Without a path, the value must be an object.');
    return Object.entries(value).flatMap(([name, part]) => {
      const target = findTarget(kind, name);
      if (target === null) return [];
      if (target === 'extension') return changesAt(kind, op, name, part);
      return isWritable(target) ? [changeAt(op, target, part, name)] : [];
    });
  });
}

type Op = Change['op'];
type Target = Omit<Change, 'op' | 'value'>;

function changesAt(kind: ResourceKind, op: Op, path: string, value: unknown): Change[] {
  const target = findTarget(kind, path);
  if (target === null) throw refusal('invalidPath', `There is no attribute ${quoted(path)}.`);
  if (target !== 'extension') {
    if (!isWritable(target)) throw refusal('mutability', `${quoted(path)} is set by Gait alone.`);
    return [changeAt(op, target, value, path)];
  }
  const urn = splitUrn(kind, path)?.urn ?? null;
  const attributes = attributesOf(kind, urn);
  const whole = (attribute: Attribute): Target => ({ urn, attribute, filter: null, sub: null });
  if (op === 'remove') return attributes.map((attribute) => changeAt(op, whole(attribute), undefined, path));
  if (!isObject(value)) throw refusal('invalidValue', `${quoted(path)} must be an object.`);
  return Object.entries(value).flatMap(([name, part]) => {
    const attribute = named(attributes, name);
    return attribute ? [changeAt(op, whole(attribute), part, name)] : [];
  });
}

/** `attribute`, `attribute.sub`, `attribute[filter]`, `attribute[filter].sub`, each perhaps behind a schema's URN. */
const PATH = /^([^[\].]+)(?:\[(.+)\])?(?:\.([^[\].]+))?$/s;

function findTarget(kind: ResourceKind, path: string): Target | 'extension' | null {
  const split = splitUrn(kind, path);
  if (split === null) return null;
  const { urn, rest } = split;
  if (rest === '') return urn === null ? null : 'extension';
  const [, name = '', filterText, subName] = PATH.exec(rest) ?? [];
  const attribute = named(attributesOf(kind, urn), name);
  if (attribute === null) return null;
  const sub = subName === undefined ? null : named(attribute.subAttributes, subName);
  if (subName !== undefined && sub === null) return null;
  if (filterText === undefined) return { urn, attribute, filter: null, sub };
  if (!attribute.multiValued) throw refusal('invalidPath', `${quoted(name)} holds one value only.`);
  return { urn, attribute, filter: readValueFilter(attribute, filterText), sub };
}

function isWritable({ attribute, sub }: Target): boolean {
  return !attribute.readOnly && !sub?.readOnly;
}

function changeAt(op: Op, target: Target, sent: unknown, path: string): Change {
  const { attribute, filter, sub } = target;
  if (op !== 'remove' && sent === undefined)
    throw refusal('invalidValue', `Say the value of ${quoted(path)}.`);
  // One of several values is one object; everything else is what its attribute holds.
  const { multiValued: _, ...single } = attribute;
  const typed = sub ?? (filter === null ? attribute : single);
  // What is taken away may say which values of a list; elsewhere the value is beside the point.
  const isSaid = op !== 'remove' || (typed === attribute && attribute.multiValued);
  const read = isSaid ? readValue(typed, sent, path) : undefined;
  // None of them is to go, which is not all of them.
  const isNone = op === 'remove' && Array.isArray(sent) && sent.length === 0;
  const value = isNone ? [] : read;
  // To give a target nothing is to take it away.
  const isNothing = value === undefined && op === 'replace';
  return { op: isNothing ? 'remove' : op, ...target, value: isNothing ? undefined : value };
}

/** A document with the changes made, one after the other. */
export function applied(document: Document, changes: readonly Change[]): Document {
  const resource: Record<string, unknown> = structuredClone(document);
  for (const change of changes) {
    const { op, urn, value } = change;
    // To add nothing is nothing.
    if (op === 'add' && value === undefined) continue;
    const holder = urn === null ? resource : { ...(isObject(resource[urn]) ? resource[urn] : {}) };
    change.filter === null ? setWhole(holder, change) : setChosen(holder, change, change.filter);
    if (urn !== null) resource[urn] = holder;
  }
  return resource;
}

/** Names come from our schemas alone, so that no request can name what every object has. */
function setWhole(holder: Record<string, unknown>, change: Change): void {
  const { op, attribute, sub, value } = change;
  const { name } = attribute;
  const held = holder[name];
  if (sub !== null) {
    if (attribute.multiValued) holder[name] = listed(held).map((one) => withPart(one, sub, value));
    else holder[name] = withPart(isObject(held) ? held : {}, sub, value);
  } else if (attribute.multiValued) {
    holder[name] = changedList(listed(held), op, value);
  } else {
    holder[name] = isObject(held) && isObject(value) ? { ...held, ...value } : value;
  }
}

/** Of a list, the values that the filter means. Where there is none yet, what it says must be equal makes one (as Entra expects). */
function setChosen(holder: Record<string, unknown>, { op, attribute, sub, value }: Change, filter: Filter) {
  const { name } = attribute;
  const held = listed(holder[name]);
  const isMeant = matcherAmong(attribute, filter);
  const changed = (one: Document) =>
    sub === null ? { ...one, ...partsOf(value) } : withPart(one, sub, value);
  if (op === 'remove' && sub === null) holder[name] = held.filter((one) => !isMeant(one));
  else if (held.some(isMeant)) {
    const takesPrimary = sub?.name === 'primary' ? value === true : partsOf(value).primary === true;
    const others = (one: Document) =>
      takesPrimary && one.primary === true ? { ...one, primary: false } : one;
    holder[name] = held.map((one) => (isMeant(one) ? changed(one) : others(one)));
  } else if (op !== 'remove') holder[name] = [...held, changed(impliedBy(filter))];
}

/** @throws AppError `noTarget` when the filter says more than what is equal to what */
function impliedBy(filter: Filter): Document {
  if (filter.op === 'eq') return { [filter.attrPath]: filter.compValue };
  if (filter.op === 'and') return Object.assign({}, ...filter.filters.map(impliedBy));
  throw refusal('noTarget', 'No value is there that the filter means.');
}

function changedList(held: readonly Document[], op: Change['op'], value: unknown): readonly Document[] {
  const given = listed(value);
  if (op === 'replace') return given;
  if (op === 'add')
    return [...held, ...given.filter((one) => !held.some((other) => isDeepStrictEqual(one, other)))];
  if (value === undefined) return [];
  // A value to take away need not say everything that is known of it.
  const isGiven = (one: Document) =>
    given.some((pattern) =>
      Object.entries(pattern).every(([name, part]) => isDeepStrictEqual(part, one[name])),
    );
  return held.filter((one) => !isGiven(one));
}

function withPart(whole: Document, { name }: Attribute, value: unknown): Document {
  return { ...whole, [name]: value };
}

const listed = (value: unknown): Document[] => (Array.isArray(value) ? value.filter(isObject) : []);
const partsOf = (value: unknown): Document => (isObject(value) ? value : {});
