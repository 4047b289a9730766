import type { Client } from 'pg';

/** Left out: what Prisma keeps of the schema, and counters that mean nothing an hour later. */
const LEFT_OUT = ['_prisma_migrations', 'rate_limit'];

/** @property isScoped whether each row belongs to the organisation of the transaction, and no others are seen */
export type Table = { name: string; columns: string[]; isScoped: boolean };

/** Says values as text the same way on every server, and waits as long as it takes: local to the transaction. */
export const PLAIN_SETTINGS = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL extra_float_digits = 1;
  SET LOCAL bytea_output = 'hex'; SET LOCAL client_encoding = 'UTF8'; SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL search_path = public`;

/** All tables of Gait from the catalog, so that none is forgotten; those that others refer to come first. */
export async function readTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { refersTo: string[] }>(
    `SELECT c.relname AS name, c.relrowsecurity AS "isScoped",
       (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       (SELECT coalesce(json_agg(f.confrelid::regclass::text), '[]') FROM pg_constraint f
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS "refersTo"
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL($1) ORDER BY c.relname`,
    [LEFT_OUT],
  );
  const sorted: Table[] = [];
  const waiting = [...rows];
  while (waiting.length > 0) {
    const isFree = ({ refersTo }: (typeof rows)[number]) =>
      !refersTo.some((other) => waiting.some(({ name }) => name === other));
    const [free] = waiting.splice(Math.max(0, waiting.findIndex(isFree)), 1);
    if (free) sorted.push({ name: free.name, columns: free.columns, isScoped: free.isScoped });
  }
  return sorted;
}

/** Unscoped lists that name organisations: each one that has a deed in its audit log is on the second, each since there are reports on the third. */
const LISTS = ['installation', 'audit_due', 'report_due'];

/** All organisations, from lists that are not scoped to one: row-level security shows an owner that is no superuser nothing else. */
export async function readOrganisations(client: Client, tables: readonly Table[]): Promise<string[]> {
  const lists = LISTS.filter((list) => tables.some(({ name }) => name === list));
  if (lists.length === 0) return [];
  const selects = lists.map((list) => `SELECT org_id::text AS id FROM ${list}`);
  const { rows } = await client.query<{ id: string }>(`${selects.join(' UNION ')} ORDER BY id`);
  return rows.map(({ id }) => id);
}

export function selectRows(client: Client, { name, columns }: Omit<Table, 'isScoped'>, where = ''): string {
  const named = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  return `SELECT ${named} FROM ${client.escapeIdentifier(name)} ${where}`;
}
