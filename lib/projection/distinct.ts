/** The values that are there, each once, in the order they first came. */
export function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values)].filter((value) => value !== null);
}
