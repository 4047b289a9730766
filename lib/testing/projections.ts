import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { PROJECTIONS, type Projection } from '@/lib/projection/digest';

type Row = Record<string, unknown>;

/**
 * All rows that were folded from the record, by table, as JSON. Without the organisation's id, and without ids made
 * from it, so that two organisations with the same record can be compared.
 */
export function projectionRows(orgId: OrgId): Promise<Record<Projection, Row[]>> {
  return inOrg(orgId, async (tx) => {
    const tables: [Projection, Row[]][] = [];
    for (const table of PROJECTIONS) {
      const [answer] = await tx.$queryRawUnsafe<{ rows: Row[] }[]>(
        `SELECT coalesce(jsonb_agg(r ORDER BY r::text COLLATE "C"), '[]') AS rows FROM (
           SELECT to_jsonb(t) - 'org_id' ${table === 'recommendation' ? "- 'id'" : ''} AS r FROM ${table} t WHERE org_id = '${orgId}'
         ) all_rows`,
      );
      tables.push([table, answer?.rows ?? []]);
    }
    return Object.fromEntries(tables) as Record<Projection, Row[]>;
  });
}
