import type { Problem } from './schema';

/** How deep a value may nest. PostgreSQL and JSON.stringify give up at some thousands; nobody needs fifty. */
export const MAX_DEPTH = 50;
/** Refs stand in index entries together with others, which hold 2,700 bytes at most. */
const MAX_REF_BYTES = 1_000;

/** The escapes by which a JSON text can bring what UTF-8 itself cannot: NUL, and half of a surrogate pair. */
const RISKY_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/** Whether the database can keep every value in a JSON text that nests so deep. One look at the text saves a walk through each of its events. */
export function isStorableJson(text: string, depth: number): boolean {
  return depth <= MAX_DEPTH && !RISKY_ESCAPE.test(text);
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
