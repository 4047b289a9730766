import type { Filter } from 'scim2-parse-filter';
import { z } from 'zod';
import { type Attribute, attributesOf, named, type ResourceKind, splitUrn } from './attributes';
import { readValueFilter } from './filter';
import { isObject, readValue } from './read-resource';
import { quoted, refusal } from './refusals';

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MOST_OPERATIONS = 1_000;
/** In all paths together: a thousand members by their ids have half of it. */
const MOST_PATH_CHARACTERS = 100_000;

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
  const { Operations } = parsed.data;
  if (Operations.reduce((sum, { path }) => sum + (path?.length ?? 0), 0) > MOST_PATH_CHARACTERS)
    throw refusal('tooMany', 'The paths are too long in all: send the operations in several requests.');
  return Operations.flatMap(({ op, path, value }) => {
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
