import { Prisma } from '@/generated/prisma/client';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** Everything that is folded from the record, and can be folded again. */
export const PROJECTIONS = [
  'task',
  'review',
  'incident',
  'incident_link',
  'observation',
  'charge',
  'decision',
  'lane',
  'lane_week',
  'lane_snapshot',
  'gear_move',
  'recommendation',
] as const;

export type Projection = (typeof PROJECTIONS)[number];

/** A lane's state but for what was said when its recommendation opened; whatever else stands there is compared as it is. */
const WITHOUT_REASONS = `(CASE WHEN jsonb_typeof(state->'recommendation') = 'object'
  THEN state #- '{recommendation,reasons}' ELSE state END)::text`;

/**
 * Columns that only say in sentences what other columns and the record hold, and what of them is compared instead; null: nothing. Pages
 * make these sentences anew from what they are about, so a release that words them differently derives nothing differently. They are
 * written for a version before this one, which reads them while it still serves.
 */
export const SENTENCES: Readonly<Partial<Record<Projection, Readonly<Record<string, string | null>>>>> = {
  task: { category_reason: null, outcome_reason: null, anomalies: 'cardinality(anomalies)::text' },
  review: { independent_reason: null },
  lane: { reasons: null, blocker: null, state: WITHOUT_REASONS },
  lane_snapshot: { state: WITHOUT_REASONS },
  gear_move: { reason: null },
  recommendation: { reasons: null },
};

export type Digest = { rows: number; digest: string };

/** Rows hashed together before the hashes of such groups are: what one step of the digest holds in memory. */
const GROUP = 10_000;

/**
 * A SHA-256 over all rows of each projection of an organisation, in the order of the primary key. No column is left
 * out but for sentences (see above). The database computes it, so that rows never travel; and neither its time zone, its
 * collation, its setting for digits of doubles nor the order of columns has a say in it.
 */
export async function projectionDigests(tx: Tx, orgId: OrgId): Promise<Record<Projection, Digest>> {
  const digests: [Projection, Digest][] = [];
  for (const table of PROJECTIONS) digests.push([table, await digestOf(tx, orgId, table)]);
  return Object.fromEntries(digests) as Record<Projection, Digest>;
}

type Column = { name: string; type: string; place: number | null };

async function digestOf(tx: Tx, orgId: OrgId, table: Projection): Promise<Digest> {
  const columns = await columnsOf(tx, table);
  const row = columns.flatMap((column) => meaningOf(table, column)).join(', ');
  const key = columns
    .filter(({ place }) => place !== null)
    .sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
    .map(({ name, type }) => (type === 'text' ? `${name} COLLATE "C"` : name))
    .join(', ');
  const [digest] = await tx.$queryRaw<Digest[]>`
    SELECT coalesce(sum(n), 0)::int AS rows,
           encode(sha256(coalesce(string_agg(hash, ''::bytea ORDER BY number), ''::bytea)), 'hex') AS digest
    FROM (
      SELECT (i - 1) / ${Prisma.raw(String(GROUP))} AS number, count(*) AS n, sha256(string_agg(hash, ''::bytea ORDER BY i)) AS hash
      FROM (
        SELECT row_number() OVER (ORDER BY ${Prisma.raw(key)}) AS i,
               sha256(convert_to(jsonb_build_array(${Prisma.raw(row)})::text, 'UTF8')) AS hash
        FROM ${Prisma.raw(table)} WHERE org_id = ${orgId}::uuid
      ) numbered
      GROUP BY number
    ) groups`;
  return digest ?? { rows: 0, digest: '' };
}

/** Columns by name, with their place in the primary key. */
async function columnsOf(tx: Tx, table: Projection): Promise<Column[]> {
  return tx.$queryRaw<Column[]>`
    SELECT quote_ident(a.attname) AS name, a.atttypid::regtype::text AS type,
           array_position(i.indkey::int2[], a.attnum) AS place
    FROM pg_attribute a JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = ${table}::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attname COLLATE "C"`;
}

/** What is compared of a column, as text: all of it, unless it holds sentences. */
function meaningOf(table: Projection, column: Column): string[] {
  const said = SENTENCES[table]?.[column.name];
  if (said === undefined) return [asText(column)];
  return said === null ? [] : [said];
}

/** The column as text that no setting of the session changes. */
function asText({ name, type }: Column): string {
  switch (type) {
    case 'timestamp with time zone':
      return `(extract(epoch FROM ${name}) * 1000)::bigint::text`;
    case 'date':
      return `(${name} - DATE '1970-01-01')::text`;
    case 'double precision':
      return `encode(float8send(${name}), 'hex')`;
    default:
      return `${name}::text`;
  }
}
