import { notFound } from 'next/navigation';

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** A part of the path as it was before encoding. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    notFound();
  }
}

/** The first value of a search parameter; undefined when absent or empty. */
export function firstOf(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.trim() || undefined;
}
