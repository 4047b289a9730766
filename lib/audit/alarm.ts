import { type Alarm, alarmTitle, explainAlarm, type KnownPlace } from '@/lib/domain/audit/alarm';
import type { AuditReport } from '@/lib/domain/audit/verify-record';
import { alertAuditAlarm } from '@/lib/outbox/mutations/alerts';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { logger } from '@/lib/platform/logger';
import { agreedSize, findConflict } from './compare';
import { type FoundAlarm, openAlarm } from './data/alarms';
import { readHead } from './data/entries';
import {
  headOf,
  insideHeads,
  type KnownHead,
  largestOf,
  lossesOf,
  type OutsideHead,
  standingOutside,
} from './known-heads';

/**
 * Compares the log with all that is known of it, and raises the alarm where it is shorter or another one. The caller holds the lock on
 * `audit_keeping`. @returns the alarm that is open, whoever raised it
 */
export async function checkLog(
  tx: Tx,
  orgId: OrgId,
  outside: readonly OutsideHead[],
  clock: Clock,
): Promise<Alarm | null> {
  const open = await openAlarm(tx, orgId);
  if (open !== null) return open;
  const found = await compareLog(tx, orgId, outside);
  return found && raise(tx, orgId, found, clock);
}

/**
 * What the log does not agree with, and up to where it does; null when it agrees with all that is known of it.
 * @param more what else is known, such as by an alarm that another process has raised
 */
export async function compareLog(
  tx: Tx,
  orgId: OrgId,
  outside: readonly OutsideHead[],
  more: readonly KnownHead[] = [],
): Promise<FoundAlarm | null> {
  const losses = await lossesOf(tx, orgId);
  const head = await readHead(tx, orgId);
  const standing = largestOf(await standingOutside(tx, orgId, outside, losses));
  const known = [
    ...standing.map(({ place, checkpoint }) => headOf(place, checkpoint)),
    ...(await insideHeads(tx, orgId, losses)),
    ...more,
  ];
  const conflict = await findConflict(tx, orgId, head, known, losses);
  if (conflict === null) return null;
  const knownSize = Math.max(...known.map(({ size }) => size));
  const root = known.find(({ size, root }) => size === knownSize && root !== null)?.root ?? null;
  return {
    code: conflict.code,
    place: conflict.known.place,
    knownSize,
    knownRoot: root && new Uint8Array(root),
    agreedSize: await agreedSize(tx, orgId, head, known, losses),
    headSize: head?.size ?? 0,
    problem: null,
  };
}

/** Raises the alarm of a log that does not verify, unless somebody has acknowledged the very same. */
export async function raiseUnverified(
  tx: Tx,
  orgId: OrgId,
  { problem, to, signedTo }: AuditReport,
  clock: Clock,
): Promise<Alarm | null> {
  const open = await openAlarm(tx, orgId);
  if (open !== null || problem === null) return open;
  const known = await tx.auditAlarm.count({ where: { orgId, code: 'unverified', problem: problem.message } });
  if (known > 0) return null;
  const place: KnownPlace = 'verification';
  const found = { code: 'unverified' as const, place, problem: problem.message };
  return raise(
    tx,
    orgId,
    { ...found, knownSize: to, knownRoot: null, agreedSize: signedTo, headSize: to },
    clock,
  );
}

async function raise(tx: Tx, orgId: OrgId, found: FoundAlarm, clock: Clock): Promise<Alarm> {
  const id = newId();
  await tx.auditAlarm.create({ data: { orgId, id, ...found, foundAt: clock.now() } });
  const { knownRoot: _, ...alarm } = found;
  await alertAuditAlarm(tx, orgId, id, clock.now());
  logger().error({ orgId, alarm }, `${alarmTitle(alarm)}. ${explainAlarm(alarm)}`);
  return alarm;
}
