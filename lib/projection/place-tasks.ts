import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { mapInTurns } from '@/lib/platform/turns';
import { teamRules } from '@/lib/repositories/data';
import { type PlacedTask, type Places, placeTask } from './fold-tasks';
import { policyOf } from './rules';
import { eventsOf, incidentsIn } from './task-store';

/** Folds tasks from the record. */
export async function placeTasks(
  tx: Tx,
  orgId: OrgId,
  refs: readonly string[],
  places: Places,
): Promise<PlacedTask[]> {
  const events = await eventsOf(tx, orgId, 'task_ref', refs);
  const incidents = await incidentsIn(tx, orgId, events.values());
  return mapInTurns(refs, (ref) => placeTask(ref, events.get(ref) ?? [], incidents, places));
}

/** What the organisation says of its teams and categories at this moment. */
export async function placesOf(tx: Tx, orgId: OrgId): Promise<Places> {
  const categories = await tx.category.findMany({ where: { orgId }, select: { key: true } });
  const { protectedPaths } = await policyOf(tx, orgId);
  return { ...(await teamRules(tx, orgId)), categories, protectedPaths };
}
