import { Prisma } from '@/generated/prisma/client';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import type { LaneScope } from '../types';

/**
 * A short text that changes when the map, or the page of this team or lane, would show something new. Reads a row a lane and what
 * waits, whatever the history; of all tasks only the latest, which the map names.
 */
export async function versionOfLanes(orgId: OrgId, { team, category }: LaneScope): Promise<string> {
  const ofTeam = team === undefined ? Prisma.empty : Prisma.sql`AND team = ${team}`;
  const ofCategory = category === undefined ? Prisma.empty : Prisma.sql`AND category = ${category}`;
  const latest =
    team === undefined
      ? Prisma.sql`(SELECT max(last_event_at) FROM task WHERE org_id = ${orgId}::uuid)`
      : Prisma.sql`NULL`;
  const [row] = await inOrg(
    orgId,
    (tx) => tx.$queryRaw<{ version: string }[]>`
      SELECT hashtextextended(concat_ws('/',
        (SELECT string_agg(concat_ws(',', team, category, gear, verdict, blocker, proven, stale_after, decayed_score, decided_count,
            reviewed_count, merged_count, hasty_count, matured_count, pending_count, last_move_at, state_at), ';' ORDER BY team, category)
          FROM lane WHERE org_id = ${orgId}::uuid ${ofTeam} ${ofCategory}),
        (SELECT string_agg(concat_ws(',', id, approvals), ';' ORDER BY id)
          FROM recommendation WHERE org_id = ${orgId}::uuid AND status = 'open' ${ofTeam} ${ofCategory}),
        (SELECT count(*) FROM agent WHERE org_id = ${orgId}::uuid AND registered_at IS NULL),
        (SELECT count(*) FROM team WHERE org_id = ${orgId}::uuid),
        ${latest}), 0)::text AS version`,
  );
  return row?.version ?? '';
}
