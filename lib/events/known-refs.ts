import { CLAIMS } from '@/lib/domain/ownership';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { refusedFields } from '@/lib/platform/errors';
import type { Subject } from './owners';

/**
 * Whether a task or an incident was reported under this reference. Asked of the record, for what was sent a moment ago is not folded
 * yet; and in turns, so that of two people who type the same reference the second is told.
 */
export async function isReported(tx: Tx, orgId: OrgId, subject: Subject, ref: string): Promise<boolean> {
  await tx.$executeRaw`SELECT FROM organisation WHERE org_id = ${orgId}::uuid FOR NO KEY UPDATE`;
  const named = subject === 'task' ? { taskRef: ref } : { incidentRef: ref };
  const report = await tx.event.findFirst({
    where: { orgId, ...named, type: { in: [...CLAIMS[subject]] } },
    select: { id: true },
  });
  return report !== null;
}

/** Refuses evidence about a task that nobody has reported: it would stand in the record and count for nothing. */
export async function requireTask(tx: Tx, orgId: OrgId, ref: string): Promise<void> {
  if (await isReported(tx, orgId, 'task', ref)) return;
  throw refusedFields({ task: ['No task with this reference is known yet.'] });
}
