import type { Alarm } from '@/lib/domain/audit/alarm';
import { checkpointText, originOf } from '@/lib/domain/audit/checkpoint';
import { signNote } from '@/lib/domain/audit/signed-note';
import { treeRoot } from '@/lib/domain/audit/tree';
import type { Clock } from '@/lib/platform/clock';
import { isClockRight } from '@/lib/platform/clock-watch';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { checkLog } from './alarm';
import { unpackRange } from './chain';
import { readHead } from './data/entries';
import { lockKeeping } from './keeping';
import { lossesOf, notLost, outsideHeads } from './known-heads';
import { remember } from './outside/own-memory';
import { signerOf } from './signing';

/** A head that moves is signed about once a minute. */
export const CHECKPOINT_EVERY_MS = 60_000;

export type Signed = {
  /** The size of the last checkpoint, and when it was made; null when there is none. */
  last: { size: number; at: Date } | null;
  /** How many entries the record has: more than the checkpoint has, when it was too early to sign again. */
  size: number;
  /** What is wrong, while an alarm is open: then nothing is signed. */
  alarm: Alarm | null;
};

/**
 * Signs the head as it stands, unless it has not moved, or was signed less than `every` ms ago. Two checkpoints of one size would
 * be equal to the byte, so an idle record is never signed anew. A head that is no continuation of all that was signed before never is.
 */
export async function signCheckpoint(
  orgId: OrgId,
  clock: Clock,
  every = CHECKPOINT_EVERY_MS,
): Promise<Signed> {
  const outside = await outsideHeads(orgId);
  const { note, ...signed } = await inOrg(orgId, async (tx) => {
    await lockKeeping(tx, orgId);
    const alarm = await checkLog(tx, orgId, outside, clock);
    return signIfDue(tx, orgId, { clock, every, alarm });
  });
  if (note !== null) await remember(orgId, note);
  return signed;
}

type Due = { clock: Clock; every: number; alarm: Alarm | null };

async function signIfDue(
  tx: Tx,
  orgId: OrgId,
  { clock, every, alarm }: Due,
): Promise<Signed & { note: string | null }> {
  const now = clock.now();
  const losses = await lossesOf(tx, orgId);
  const before = await readHead(tx, orgId);
  const latest = await tx.auditCheckpoint.findFirst({
    where: { orgId, ...notLost(losses) },
    orderBy: { size: 'desc' },
    select: { size: true, createdAt: true },
  });
  const last = latest && { size: Number(latest.size), at: latest.createdAt };
  const size = before?.size ?? 0;
  // A checkpoint of a time that has not come yet, by a clock that was ahead, holds up no other.
  const isEarly = last !== null && last.at <= now && last.at.getTime() + every > now.getTime();
  const isNews = size > 0 && size !== last?.size && !isEarly;
  if (before === null || alarm !== null || !isNews || !(await isClockRight(tx, clock)))
    return { last, size, alarm, note: null };
  const { verifier, privateKey } = await signerOf(tx, orgId, clock);
  // Making the first key is a deed of the record, too.
  const head = (await readHead(tx, orgId)) ?? before;
  const root = treeRoot(unpackRange(head.size, head.peaks));
  const text = checkpointText(originOf(orgId), head.size, root, losses.length);
  const note = signNote(text, verifier, privateKey);
  await tx.auditCheckpoint.create({
    data: {
      orgId,
      size: head.size,
      losses: losses.length,
      root: new Uint8Array(root),
      hash: new Uint8Array(Buffer.from(head.hash, 'hex')),
      peaks: new Uint8Array(head.peaks),
      note,
      createdAt: now,
    },
  });
  const seen = { size: head.size, note };
  await tx.auditSeen.upsert({
    where: { orgId_losses: { orgId, losses: losses.length } },
    create: { orgId, losses: losses.length, ...seen },
    update: seen,
  });
  return { last: { size: head.size, at: now }, size: head.size, alarm, note };
}
