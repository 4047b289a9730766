import type { Prisma } from '@/generated/prisma/client';
import type { Gear } from '@/lib/domain/gear';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { MoveKind, MoveRow } from '../types';
import type { Names } from './names';

/** Gear moves, newest first. */
export async function listMoves(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  where: Prisma.GearMoveWhereInput,
  take: number,
): Promise<MoveRow[]> {
  const rows = await tx.gearMove.findMany({
    where: { orgId, ...where },
    orderBy: [{ at: 'desc' }, { ordinal: 'desc' }],
    take,
  });
  return rows.map((row) => ({
    team: row.team,
    teamName: names.team(row.team),
    category: row.category,
    categoryName: names.category(row.category),
    at: row.at.toISOString(),
    from: row.fromGear as Gear,
    to: row.toGear as Gear,
    kind: row.kind as MoveKind,
    reason: row.reason,
    people: row.people,
    taskRef: row.taskRef,
    evidence: row.evidence as MoveRow['evidence'],
    policyVersion: row.policyVersion,
  }));
}
