import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { mapInTurns } from '@/lib/platform/turns';
import { type PlacedTask, type Places, placeTask } from './fold-tasks';
import { policyOf } from './rules';
import { eventsOf, linksOf } from './task-store';

/** Folds tasks from their events, and places each in its lane. */
export async function placeTasks(
  tx: Tx,
  orgId: OrgId,
  refs: readonly string[],
  places: Places,
): Promise<PlacedTask[]> {
  const events = await eventsOf(tx, orgId, 'task_ref', refs);
  const links = await linksOf(tx, orgId, refs);
  return mapInTurns(refs, (ref) => placeTask(ref, events.get(ref) ?? [], links.get(ref) ?? [], places));
}

/** What placing needs to know of the organisation, as it stands. */
export async function placesOf(tx: Tx, orgId: OrgId): Promise<Places> {
  const categories = await tx.category.findMany({ where: { orgId }, select: { key: true } });
  const owned = await tx.repository.findMany({
    where: { orgId, team: { not: null } },
    select: { name: true, team: true },
  });
  const { protectedPaths } = await policyOf(tx, orgId);
  return {
    categories,
    protectedPaths,
    teamOfRepository: new Map(owned.map(({ name, team }) => [name, team ?? ''])),
  };
}
