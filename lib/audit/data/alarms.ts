import type { AuditAlarm } from '@/generated/prisma/client';
import {
  type Alarm,
  type AlarmCode,
  alarmTitle,
  explainAlarm,
  type KnownPlace,
  missingInWords,
} from '@/lib/domain/audit/alarm';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { AcknowledgedAlarm, AuditAlarmView } from '../types';

/** An alarm as it is kept. */
export type KeptAlarm = FoundAlarm & { id: string; foundAt: Date };

/** `knownRoot`: the root at the known size; null where only the size is known. */
export type FoundAlarm = Alarm & { knownRoot: Uint8Array<ArrayBuffer> | null };

/** The alarm that nobody has acknowledged yet. */
export async function openAlarm(tx: Tx, orgId: OrgId): Promise<KeptAlarm | null> {
  const row = await tx.auditAlarm.findFirst({ where: { orgId, acknowledgedAt: null } });
  return row && keptAlarm(row);
}

/** How many acknowledged alarms a page shows; there will hardly ever be one. */
const SHOWN = 20;

/** The open alarm and those that were acknowledged, as the page shows them. */
export async function alarmViews(
  tx: Tx,
  orgId: OrgId,
): Promise<{ alarm: AuditAlarmView | null; acknowledged: AcknowledgedAlarm[] }> {
  const open = await openAlarm(tx, orgId);
  const rows = await tx.auditAlarm.findMany({
    where: { orgId, acknowledgedAt: { not: null } },
    orderBy: { acknowledgedAt: 'desc' },
    take: SHOWN,
  });
  return {
    alarm: open && {
      title: alarmTitle(open),
      what: explainAlarm(open),
      foundAt: open.foundAt.toISOString(),
    },
    acknowledged: rows.map((row) => ({
      id: row.id,
      what:
        row.loss === null
          ? explainAlarm(keptAlarm(row))
          : missingInWords(Number(row.agreedSize), Number(row.knownSize)),
      by: row.acknowledgedBy ?? '',
      at: (row.acknowledgedAt ?? row.foundAt).toISOString(),
      reason: row.reason ?? '',
    })),
  };
}

export function keptAlarm(row: AuditAlarm): KeptAlarm {
  return {
    id: row.id,
    // Only `raise` writes these two.
    code: row.code as AlarmCode,
    place: row.place as KnownPlace,
    knownSize: Number(row.knownSize),
    knownRoot: row.knownRoot,
    agreedSize: Number(row.agreedSize),
    headSize: Number(row.headSize),
    problem: row.problem,
    foundAt: row.foundAt,
  };
}
