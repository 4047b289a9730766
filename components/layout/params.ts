import { notFound } from 'next/navigation';

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** A part of the path as it was before `encodePart`. No name holds NUL, and the database would not take it. */
export function decodePart(part: string): string {
  const text = decoded(part);
  if (text === null || text.includes('\u0000')) notFound();
  return text.replaceAll(/~[~p]/g, (sign) => (sign === '~p' ? '%' : '~'));
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** The first value of a search parameter; undefined when absent or empty. */
export function firstOf(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.replaceAll('\u0000', '').trim() || undefined;
}
