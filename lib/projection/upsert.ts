import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/platform/db';

/** Tables that the projector writes. */
export type ProjectedTable =
  | 'task'
  | 'review'
  | 'incident'
  | 'incident_link'
  | 'observation'
  | 'charge'
  | 'decision'
  | 'lane'
  | 'lane_week'
  | 'lane_snapshot'
  | 'gear_move'
  | 'recommendation'
  | 'known_recommendation'
  | 'logged_move'
  | 'lane_news'
  | 'team'
  | 'repository';

/**
 * Inserts rows, or replaces (or keeps) those with the same key, in one statement. Rows travel as one JSON text and
 * take the table's own column types (`json_populate_recordset`), so there is no list of types here to keep in step.
 * Keys of `rows` are column names; every row has the same ones.
 */
export async function upsert(
  tx: Tx,
  table: ProjectedTable,
  key: readonly string[],
  rows: readonly object[],
  conflict: 'replace' | 'keep' = 'replace',
): Promise<void> {
  if (rows.length > 0) await tx.$executeRaw(statement(table, key, rows, conflict));
}

/** The same for the two tables that processes may race to fill. @returns refs of the rows that were there already */
export async function upsertByRef(
  tx: Tx,
  table: 'task' | 'incident',
  rows: readonly object[],
): Promise<string[]> {
  if (rows.length === 0) return [];
  const written = await tx.$queryRaw<{ ref: string; replaced: boolean }[]>`
    ${statement(table, ['org_id', 'ref'], rows, 'replace')} RETURNING ref, (xmax <> 0) AS replaced`;
  return written.flatMap(({ ref, replaced }) => (replaced ? [ref] : []));
}

/** The same for rows that never change. @returns those that were not there yet */
export async function insertNew<Row extends object>(
  tx: Tx,
  table: 'decision',
  key: readonly (keyof Row & string)[],
  rows: readonly Row[],
): Promise<Row[]> {
  if (rows.length === 0) return [];
  return tx.$queryRaw<Row[]>`${statement(table, key, rows, 'keep')} RETURNING *`;
}

function statement(
  table: ProjectedTable,
  key: readonly string[],
  rows: readonly object[],
  conflict: 'replace' | 'keep',
): Prisma.Sql {
  const columns = Object.keys(rows[0] ?? {});
  const others = columns.filter((column) => !key.includes(column));
  const update =
    conflict === 'keep' || others.length === 0
      ? Prisma.raw('NOTHING')
      : Prisma.raw(`UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`);
  const list = Prisma.raw(columns.join(', '));
  return Prisma.sql`
    INSERT INTO ${Prisma.raw(table)} (${list})
    SELECT ${list} FROM json_populate_recordset(NULL::${Prisma.raw(table)}, ${JSON.stringify(rows)}::json)
    ON CONFLICT (${Prisma.raw(key.join(', '))}) DO ${update}`;
}
