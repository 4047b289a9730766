/** What became of one thing: `path` as words joined by dots; null = it was not there. */
export type Change = { readonly path: string; readonly before: string | null; readonly after: string | null };

/** Deeper than this, values are shown as JSON. */
const DEPTH = 4;

/**
 * The differences between two JSON values, one a line, in the order in which they are named first. What is the same on both sides
 * is left out; where only one side is there, all of it is listed.
 */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [was, is] = [flattened(before), flattened(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const change = { path, before: was.get(path) ?? null, after: is.get(path) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

function flattened(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (typeof value !== 'object' || Array.isArray(value) || path.length >= DEPTH)
    return new Map([[path.join('.'), textOf(value)]]);
  const parts = Object.entries(value).flatMap(([key, part]) => [...flattened(part, [...path, key])]);
  return new Map(parts);
}

/** No figure of ours means more digits: what is left of a sum of tenths (24.999999999999996) is not shown. The record has all of them. */
const DIGITS = 12;

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(Number(value.toPrecision(DIGITS)));
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(', ');
  return JSON.stringify(value);
}
