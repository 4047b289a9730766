/** The rows of work with these ids, and those they were split into when folding failed. */
export function workLeftOf(ids: readonly string[]) {
  return { OR: [{ id: { in: [...ids] } }, { partOf: { in: [...ids] } }] };
}
