import type { Problem } from './schema';

/** How deep a value may nest. PostgreSQL and JSON.stringify give up at some thousands; nobody needs fifty. */
const MAX_DEPTH = 50;
/** Refs stand in index entries together with others, which hold 2,700 bytes at most. */
const MAX_REF_BYTES = 1_000;

/** What the database could not keep of an event's data, its first place; null when it can keep all of it. */
export function findUnstorable(data: object): Problem | null {
  return (isSound(data, 1) ? null : findIn(data, '/data', 1)) ?? findLongRef(data);
}

/** The same question as `findIn` without the place, which nearly nobody asks for and which costs five times as much. */
function isSound(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  for (const key in value) {
    if (!isStorable(key) || !isSound(value[key as keyof typeof value], depth + 1)) return false;
  }
  return true;
}

/** Unknown fields are kept as they come, so no schema has looked at them. */
function findIn(value: unknown, pointer: string, depth: number): Problem | null {
  if (typeof value === 'string') {
    return isStorable(value) ? null : { pointer, message: 'must not hold NUL or half of a surrogate pair' };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MAX_DEPTH) {
    const field = pointer.split('/').slice(0, 3).join('/');
    return { pointer: field, message: `must not nest more than ${MAX_DEPTH} levels deep` };
  }
  for (const [key, inner] of Object.entries(value)) {
    const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!isStorable(key)) return { pointer: place, message: 'must not have such a name' };
    const found = findIn(inner, place, depth + 1);
    if (found) return found;
  }
  return null;
}

function isStorable(text: string): boolean {
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
