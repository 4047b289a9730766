import type { Problem } from './schema';

/** How deep a value may nest. PostgreSQL and JSON.stringify give up at some thousands; nobody needs fifty. */
const MAX_DEPTH = 50;
/** Refs stand in index entries together with others, which hold 2,700 bytes at most. */
const MAX_REF_BYTES = 1_000;

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}');

/** The escapes by which a JSON text can bring what UTF-8 itself cannot: NUL, and half of a surrogate pair. */
const RISKY_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/** Whether the database can keep every value in a JSON text. One look at the text saves a walk through each of its events. */
export function isStorableJson(text: string): boolean {
  return !RISKY_ESCAPE.test(text) && depthOf(text) <= MAX_DEPTH;
}

/** How deep a JSON text nests, 1 for `[1]`. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (isInString) {
      if (code === BACKSLASH) place += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) deepest = Math.max(deepest, ++depth);
    else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) depth -= 1;
  }
  return deepest;
}

/**
 * What the database could not keep of an event's data, its first place; null when it can keep all of it.
 * @param isStorable whether `isStorableJson` has said so of the text that the data came in
 */
export function findUnstorable(data: object, isStorable: boolean): Problem | null {
  return (isStorable ? null : findIn(data, '/data', 1)) ?? findLongRef(data);
}

/** Unknown fields are kept as they come, so no schema has looked at them. */
function findIn(value: unknown, pointer: string, depth: number): Problem | null {
  if (typeof value === 'string') {
    return isStorableText(value)
      ? null
      : { pointer, message: 'must not hold NUL or half of a surrogate pair' };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MAX_DEPTH) {
    const field = pointer.split('/').slice(0, 3).join('/');
    return { pointer: field, message: `must not nest more than ${MAX_DEPTH} levels deep` };
  }
  for (const [key, inner] of Object.entries(value)) {
    const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!isStorableText(key)) return { pointer: place, message: 'must not have such a name' };
    const found = findIn(inner, place, depth + 1);
    if (found) return found;
  }
  return null;
}

function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

function findLongRef(data: object): Problem | null {
  for (const [name, subject] of Object.entries(data)) {
    if (typeof subject !== 'object' || subject === null || !('ref' in subject)) continue;
    if (typeof subject.ref === 'string' && Buffer.byteLength(subject.ref) > MAX_REF_BYTES) {
      const message = `must have at most ${MAX_REF_BYTES.toLocaleString('en')} bytes in UTF-8`;
      return { pointer: `/data/${name}/ref`, message };
    }
  }
  return null;
}
