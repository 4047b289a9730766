import type { KnownPlace } from '@/lib/domain/audit/alarm';
import { type Checkpoint, originOf, readCheckpoint } from '@/lib/domain/audit/checkpoint';
import { isLost, type Loss } from '@/lib/domain/audit/loss';
import { checkNote, readVerifierKey } from '@/lib/domain/audit/signed-note';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { latestInFile } from './outside/checkpoint-file';
import { remembered } from './outside/own-memory';

/** A head that the log once had, and where that is known from. `root` null: only its size is known. */
export type KnownHead = { place: KnownPlace; size: number; losses: number; root: Buffer | null };

export type OutsideHead = { place: KnownPlace; checkpoint: Checkpoint };

/**
 * The latest that is known outside of the database. Read it before the transaction that compares: what is signed meanwhile is then in the
 * database, too, whatever that transaction sees of it.
 */
export async function outsideHeads(orgId: OrgId): Promise<OutsideHead[]> {
  const { memory, folder } = await remembered(orgId);
  const inFile = await latestInFile(originOf(orgId));
  return [
    ...inFile.map((checkpoint) => ({ place: 'file' as const, checkpoint })),
    ...(folder ? [{ place: 'folder' as const, checkpoint: folder }] : []),
    ...(memory ? [{ place: 'memory' as const, checkpoint: memory }] : []),
  ];
}

/**
 * Those that prove something: not those of acknowledged losses, nor those on which a signature of a known key does not hold, as on one
 * that was cut off by a crash. One of a key that is not known does: whoever replaced the keys as well would not be found otherwise.
 */
export async function standingOutside(
  tx: Tx,
  orgId: OrgId,
  outside: readonly OutsideHead[],
  losses: readonly Loss[],
): Promise<OutsideHead[]> {
  const isProof = await proofs(tx, orgId, losses);
  return outside.filter(({ checkpoint }) => isProof(checkpoint));
}

/** What says of a checkpoint whether it proves something. */
export async function proofs(
  tx: Tx,
  orgId: OrgId,
  losses: readonly Loss[],
): Promise<(checkpoint: Checkpoint) => boolean> {
  const rows = await tx.auditKey.findMany({ where: { orgId }, select: { verifier: true } });
  const keys = rows.map(({ verifier }) => readVerifierKey(verifier)).filter((key) => key !== null);
  return (checkpoint) => !isLost(checkpoint, losses) && checkNote(checkpoint.signed, keys) !== 'forged';
}

/** The largest of each place, and of each number of losses: whatever agrees with these agrees with the ones before. */
export function largestOf(heads: readonly OutsideHead[]): OutsideHead[] {
  const groups = Map.groupBy(heads, ({ place, checkpoint }) => `${place} ${checkpoint.losses}`);
  return [...groups.values()].flatMap((group) => {
    const largest = group.reduce((size, { checkpoint }) => Math.max(size, checkpoint.size), 0);
    return group.filter(({ checkpoint }) => checkpoint.size === largest);
  });
}

/** What is known in the database of how long the log was, besides its entries. */
export async function insideHeads(tx: Tx, orgId: OrgId, losses: readonly Loss[]): Promise<KnownHead[]> {
  const seen = await tx.auditSeen.findMany({ where: { orgId } });
  const latest = await tx.auditCheckpoint.findFirst({
    where: { orgId, ...notLost(losses) },
    orderBy: { size: 'desc' },
    select: { size: true, losses: true, root: true },
  });
  const keeping = await tx.auditKeeping.findUnique({ where: { orgId } });
  const ofSize = (place: KnownPlace, size: bigint | null | undefined): KnownHead[] =>
    size ? [{ place, size: Number(size), losses: losses.length, root: null }] : [];
  const signed = seen
    .map(({ note }) => readCheckpoint(note))
    .filter((checkpoint) => checkpoint !== null)
    .filter((checkpoint) => !isLost(checkpoint, losses));
  return [
    ...signed.map((checkpoint) => headOf('database', checkpoint)),
    ...(latest
      ? [
          {
            place: 'database' as const,
            size: Number(latest.size),
            losses: latest.losses,
            root: Buffer.from(latest.root),
          },
        ]
      : []),
    ...ofSize('file', keeping?.fileSize),
    ...ofSize('webhook', keeping?.webhookUrl ? keeping.webhookSize : null),
    ...ofSize('verification', keeping?.verifiedProblem ? null : keeping?.verifiedSize),
  ];
}

export function headOf(place: KnownPlace, { size, losses, root }: Checkpoint): KnownHead {
  return { place, size, losses, root };
}

/** The losses that were acknowledged, in their order. */
export async function lossesOf(tx: Tx, orgId: OrgId): Promise<Loss[]> {
  const rows = await tx.auditAlarm.findMany({
    where: { orgId, loss: { not: null } },
    orderBy: { loss: 'asc' },
    select: { loss: true, agreedSize: true, knownSize: true },
  });
  return rows.flatMap(({ loss, agreedSize, knownSize }) =>
    loss === null ? [] : [{ number: loss, agreedUpTo: Number(agreedSize), signedUpTo: Number(knownSize) }],
  );
}

/** Of stored checkpoints, those that are not of a loss: as `isLost`, for a query. */
export function notLost(losses: readonly Loss[]) {
  return {
    NOT: losses.map(({ number, agreedUpTo, signedUpTo }) => ({
      losses: { lt: number },
      size: { gt: agreedUpTo, lte: signedUpTo },
    })),
  };
}
