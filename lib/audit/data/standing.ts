import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { lossesOf, notLost } from '../known-heads';
import { DEFAULT_RETENTION_DAYS } from '../schema';
import type { AuditStanding } from '../types';
import { alarmViews } from './alarms';
import { readHead } from './entries';

/** How the record stands: verified, signed, sent, kept. */
export async function getStanding(tx: Tx, orgId: OrgId): Promise<AuditStanding> {
  const head = await readHead(tx, orgId);
  const keeping = await tx.auditKeeping.findUnique({ where: { orgId } });
  const latest = await tx.auditCheckpoint.findFirst({
    where: { orgId, ...notLost(await lossesOf(tx, orgId)) },
    orderBy: { size: 'desc' },
    select: { size: true, createdAt: true, note: true },
  });
  const keys = await tx.auditKey.findMany({
    where: { orgId },
    orderBy: { createdAt: 'desc' },
    select: { verifier: true },
  });
  const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;
  const verifiedAt = iso(keeping?.verifiedAt);
  return {
    entries: head ? head.size - head.startSize : 0,
    removed: head?.startSize ?? 0,
    verified:
      keeping && verifiedAt
        ? { at: verifiedAt, upTo: Number(keeping.verifiedSize), problem: keeping.verifiedProblem }
        : null,
    checkpoint: latest && {
      size: Number(latest.size),
      at: latest.createdAt.toISOString(),
      note: latest.note,
    },
    keys: keys.map(({ verifier }) => verifier),
    file: env().AUDIT_CHECKPOINT_FILE
      ? {
          sentAt: iso(keeping?.fileSentAt),
          upTo: Number(keeping?.fileSize ?? 0),
          error: keeping?.fileError ?? null,
        }
      : null,
    webhook: keeping?.webhookUrl
      ? {
          url: keeping.webhookUrl,
          sentAt: iso(keeping.webhookSentAt),
          upTo: Number(keeping.webhookSize),
          failures: keeping.webhookFailures,
          error: keeping.webhookError,
          nextAt: iso(keeping.webhookNextAt),
        }
      : null,
    retentionDays: keeping?.retentionDays ?? DEFAULT_RETENTION_DAYS,
    ...(await alarmViews(tx, orgId)),
  };
}
