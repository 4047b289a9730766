import {
  type Attribute,
  attributesOf,
  ENTERPRISE_SCHEMA,
  named,
  type ResourceKind,
  SCHEMA_OF,
} from './attributes';
import { quoted, refusal } from './refusals';

/** A resource under the names of its schema, its values of the types that the schema says, and nothing else in it. */
export type Document = { readonly [attribute: string]: unknown };

const MOST_CHARACTERS = 2_000;
/** Values of one attribute of a user; members of a group have a bound of their own. */
const MOST_VALUES = 200;
export const MOST_MEMBERS = 20_000;

/**
 * Reads what a directory sent. Attributes that no schema knows, and those that only Gait sets, are ignored (RFC 7644 §3.3); a
 * value of the wrong type is refused. Directories send booleans as text (Entra) and a manager as a bare id, so those are read.
 */
export function readResource(kind: ResourceKind, body: unknown): Document {
  if (!isObject(body)) throw refusal('invalidSyntax', 'Send one JSON object.');
  const { schemas } = body;
  const listed: unknown[] = Array.isArray(schemas) ? schemas : [];
  const core = SCHEMA_OF[kind];
  if (!listed.some((id) => typeof id === 'string' && id.toLowerCase() === core.toLowerCase()))
    throw refusal('invalidSyntax', `“schemas” must name ${core}.`);
  const document = readAttributes(attributesOf(kind, null), body, '');
  for (const attribute of attributesOf(kind, null)) {
    const value = document[attribute.name];
    const isMissing = value === undefined || (typeof value === 'string' && value.trim() === '');
    if (attribute.required && isMissing) throw refusal('invalidValue', `“${attribute.name}” is required.`);
  }
  if (kind === 'Group') return document;
  const extension = Object.entries(body).find(
    ([name]) => name.toLowerCase() === ENTERPRISE_SCHEMA.toLowerCase(),
  )?.[1];
  if (extension === undefined || extension === null) return document;
  if (!isObject(extension)) throw refusal('invalidValue', `“${ENTERPRISE_SCHEMA}” must be an object.`);
  const enterprise = readAttributes(attributesOf(kind, ENTERPRISE_SCHEMA), extension, '');
  return Object.keys(enterprise).length === 0 ? document : { ...document, [ENTERPRISE_SCHEMA]: enterprise };
}

function readAttributes(attributes: readonly Attribute[], sent: object, within: string): Document {
  const document: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sent)) {
    const attribute = named(attributes, name);
    if (attribute === null || attribute.readOnly) continue;
    const read = readValue(attribute, value, `${within}${attribute.name}`);
    if (read !== undefined) document[attribute.name] = read;
  }
  return document;
}

/** A value as its attribute's type wants it; undefined = unassigned (RFC 7643 §2.5: null, or an empty list). */
export function readValue(attribute: Attribute, value: unknown, path: string): unknown {
  if (value === null || value === undefined) return undefined;
  if (!attribute.multiValued) return readSingle(attribute, value, path);
  const values = Array.isArray(value) ? value : [value];
  const most = attribute.name === 'members' ? MOST_MEMBERS : MOST_VALUES;
  if (values.length > most) throw refusal('invalidValue', `“${path}” holds at most ${most} values.`);
  const read = values.flatMap((one) => {
    const single = one === null ? undefined : readSingle(attribute, one, path);
    return single === undefined ? [] : [single];
  });
  return read.length === 0 ? undefined : withOnePrimary(read);
}

/** One value only is the primary one; of several the one that came last (RFC 7644 §3.5.2). */
function withOnePrimary(values: unknown[]): unknown[] {
  const last = values.findLastIndex((value) => isObject(value) && value.primary === true);
  return values.map((value, index) =>
    isObject(value) && value.primary === true && index !== last ? { ...value, primary: false } : value,
  );
}

function readSingle(attribute: Attribute, value: unknown, path: string): unknown {
  switch (attribute.type) {
    case 'boolean':
      return readBoolean(value, path);
    case 'complex':
      return readComplex(attribute, value, path);
    case 'string':
    case 'reference':
    case 'dateTime':
      return readText(value, path);
    default:
      return attribute.type satisfies never;
  }
}

function readBoolean(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (word === 'true' || word === 'false') return word === 'true';
  throw refusal('invalidValue', `“${path}” must be true or false.`);
}

function readText(value: unknown, path: string): string {
  if (typeof value !== 'string') throw refusal('invalidValue', `“${path}” must be a text.`);
  if (value.length > MOST_CHARACTERS)
    throw refusal('invalidValue', `“${path}” holds at most ${MOST_CHARACTERS} characters.`);
  // PostgreSQL stores neither.
  if (value.includes('\u0000') || !value.isWellFormed())
    throw refusal('invalidValue', `“${path}” holds characters that are none.`);
  return value;
}

/** A bare value stands for its sub-attribute `value`. */
function readComplex(attribute: Attribute, value: unknown, path: string): Document | undefined {
  const subAttributes = attribute.subAttributes ?? [];
  if (typeof value === 'string' && named(subAttributes, 'value'))
    return value === '' ? undefined : { value: readText(value, path) };
  if (!isObject(value)) throw refusal('invalidValue', `“${path}” must be an object, not ${kindOf(value)}.`);
  const read = readAttributes(subAttributes, value, `${path}.`);
  return Object.keys(read).length === 0 ? undefined : read;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : quoted(String(value));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
