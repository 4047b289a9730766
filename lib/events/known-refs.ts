import { Prisma } from '@/generated/prisma/client';
import type { EventType } from '@/lib/domain/event';
import type { Claim } from '@/lib/domain/ownership';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { refusedFields } from '@/lib/platform/errors';

/** What tells of the subject itself; other events only name it. */
const REPORTS = {
  task: [
    'dev.gait.task.opened.v1',
    'dev.gait.task.updated.v1',
    'dev.gait.task.merged.v1',
    'dev.gait.task.closed.v1',
  ],
  incident: ['dev.gait.incident.opened.v1'],
} as const satisfies Record<string, readonly EventType[]>;

/**
 * Whether a task or an incident was reported under this reference. Asked of the record, for what was sent a moment ago is not folded
 * yet; and in turns, so that of two people who type the same reference the second is told.
 */
export async function isReported(tx: Tx, orgId: OrgId, subject: Subject, ref: string): Promise<boolean> {
  await tx.$executeRaw`SELECT FROM organisation WHERE org_id = ${orgId}::uuid FOR NO KEY UPDATE`;
  const named = subject === 'task' ? { taskRef: ref } : { incidentRef: ref };
  const report = await tx.event.findFirst({
    where: { orgId, ...named, type: { in: [...REPORTS[subject]] } },
    select: { id: true },
  });
  return report !== null;
}

export type Subject = keyof typeof REPORTS;

/** Whether events of this type tell of the subject itself. */
export function isReportOf(subject: Subject, type: string): boolean {
  return REPORTS[subject].some((report) => report === type);
}

/** What was reported so far of each of these, in the order of the record. */
export async function claimsAbout(
  tx: Tx,
  orgId: OrgId,
  subject: Subject,
  refs: readonly string[],
): Promise<Map<string, Claim[]>> {
  const ref = Prisma.raw(`${subject}_ref`);
  const data = Prisma.raw(`'${subject}'`);
  const rows = await tx.$queryRaw<(Claim & { ref: string })[]>`
    SELECT e.${ref} AS ref, e.data->${data}->>'team' AS team, e.data->${data}->>'repository' AS repository,
      t.team AS "senderTeam"
    FROM event e
    LEFT JOIN token t ON t.org_id = e.org_id AND t.team IS NOT NULL AND 'token:' || t.id = e.received_by
    WHERE e.org_id = ${orgId}::uuid AND e.${ref} = ANY(${refs}::text[]) AND e.type = ANY(${REPORTS[subject]}::text[])
    ORDER BY e.time, e.source, e.id`;
  return Map.groupBy(rows, (row) => row.ref);
}

/** Refuses evidence about a task that nobody has reported: it would stand in the record and count for nothing. */
export async function requireTask(tx: Tx, orgId: OrgId, ref: string): Promise<void> {
  if (await isReported(tx, orgId, 'task', ref)) return;
  throw refusedFields({ task: ['No task with this reference is known yet.'] });
}
