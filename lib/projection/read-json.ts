/** Reads an answer of one row with one JSON text in it: several times quicker than as many typed rows. */
export async function readJson<T>(query: Promise<unknown>): Promise<T> {
  const [row] = (await query) as [{ rows: string }];
  return JSON.parse(row.rows) as T;
}
