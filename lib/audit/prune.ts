import type { Clock } from '@/lib/platform/clock';
import { isClockRight } from '@/lib/platform/clock-watch';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { recordAudit } from './record';

const DAY_MS = 86_400_000;

/**
 * Lets go of the entries that are older than the organisation keeps them, up to a signed checkpoint, so that what is left still
 * verifies. That it did so is an entry itself. @returns how many went
 */
export function pruneAudit(orgId: OrgId, clock: Clock): Promise<number> {
  return inOrg(orgId, async (tx) => {
    if (!(await isClockRight(tx, clock))) return 0;
    const keeping = await tx.auditKeeping.findUniqueOrThrow({ where: { orgId } });
    const cutoff = new Date(clock.now().getTime() - keeping.retentionDays * DAY_MS);
    const [found] = await tx.$queryRaw<{ boundary: number | null }[]>`
      SELECT max(c.size)::float8 AS boundary FROM audit_checkpoint c, audit_head h
      WHERE c.org_id = ${orgId}::uuid AND h.org_id = c.org_id AND c.size > h.start_size
        AND NOT EXISTS (SELECT FROM audit_alarm l WHERE l.org_id = c.org_id AND l.loss > c.losses AND l.agreed_size < c.size
          AND c.size <= l.known_size)
        AND c.size < coalesce(
        (SELECT min(a.seq) FROM audit a WHERE a.org_id = c.org_id AND a.at >= ${cutoff}), h.size + 1)`;
    const boundary = found?.boundary ?? null;
    let removed = 0;
    if (boundary !== null) {
      const [answer] = await tx.$queryRaw<
        [{ n: number }]
      >`SELECT prune_audit(${boundary}::bigint)::float8 AS n`;
      removed = answer.n;
      const actor = { kind: 'job', name: 'audit' } as const;
      await recordAudit(
        tx,
        { orgId, actor, clock, requestId: newId() },
        {
          act: 'audit.pruned',
          target: 'audit',
          after: { upTo: boundary, entries: removed, retentionDays: keeping.retentionDays },
        },
      );
    }
    await tx.auditKeeping.update({ where: { orgId }, data: { prunedAt: clock.now() } });
    return removed;
  });
}
