import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { workLeftOf } from '@/lib/projection/work-left';

const LOOK_EVERY_MS = 25;

/**
 * Waits until what was written has been projected: its work is done, no lane is due, and the log of gears tells what came of it.
 * @returns whether that was so before the time was over
 */
export async function waitUntilProjected(
  orgId: OrgId,
  workIds: readonly string[],
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const isDone = await inOrg(orgId, async (tx) => {
      const open = await tx.projectionWork.count({ where: workLeftOf(workIds) });
      if (open > 0 || (await tx.laneDue.count({ where: { orgId, dirtyFrom: { not: null } } })) > 0)
        return false;
      return (await tx.laneNews.count({ where: { orgId } })) === 0;
    });
    if (isDone) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
}
