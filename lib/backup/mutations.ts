import { recordAudit } from '@/lib/audit/record';
import { verifyStored } from '@/lib/audit/verify-stored';
import type { Clock } from '@/lib/platform/clock';
import { type Ctx, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, inWorkList } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import type { Restored } from './restore';

export type VerifiedLog = { orgId: string; entries: number; problem: string | null };

/**
 * Verifies the audit log of every organisation that was restored, as it was in the backup, and then enters into each that this was done.
 * A log that does not verify lay so in the database that was backed up: the file itself was checked.
 */
export async function verifyRestored(
  { takenAt, sessionsEnded }: Restored,
  clock: Clock,
): Promise<VerifiedLog[]> {
  // Every organisation has an audit log, and its name on that work list.
  const organisations = await inWorkList((tx) => tx.auditDue.findMany({ select: { orgId: true } }));
  const logs: VerifiedLog[] = [];
  for (const { orgId: id } of organisations) {
    const orgId = vouchForOrg(id);
    const { entries, problem } = await verifyStored(orgId);
    logs.push({ orgId, entries, problem: problem?.message ?? null });
    const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'gait restore' }, clock, requestId: newId() };
    const entry = { act: 'backup.restored', target: `backup:${takenAt}`, after: { takenAt, sessionsEnded } };
    await inOrg(orgId, (tx) => recordAudit(tx, ctx, entry));
  }
  return logs;
}
