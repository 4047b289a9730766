import { z } from 'zod';
import type { Prisma } from '@/generated/prisma/client';
import type { Gear } from '@/lib/domain/gear';
import type { OrgId } from '@/lib/platform/ctx';
import { decodeCursor, encodeCursor, refText } from '@/lib/platform/cursor';
import type { Tx } from '@/lib/platform/db';
import type { MoveKind, MovePage, MoveRow } from '../types';
import type { Names } from './names';

type Row = Awaited<ReturnType<Tx['gearMove']['findMany']>>[number];

/** Gear moves, newest first. */
export async function listMoves(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  where: Prisma.GearMoveWhereInput,
  take: number,
): Promise<MoveRow[]> {
  return (await listRows(tx, orgId, where, take)).map((row) => toMove(row, names));
}

function listRows(tx: Tx, orgId: OrgId, where: Prisma.GearMoveWhereInput, take: number): Promise<Row[]> {
  return tx.gearMove.findMany({
    where: { orgId, ...where },
    orderBy: [{ at: 'desc' }, { team: 'desc' }, { category: 'desc' }, { ordinal: 'desc' }],
    take,
  });
}

/** A page of the log, of one team or of all. The cursor names the last move that was shown, so no page costs more than the first. */
export async function pageOfMoves(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  { team, cursor, take }: { team: string | undefined; cursor: string | undefined; take: number },
): Promise<MovePage> {
  const ofTeam = team === undefined ? {} : { team };
  const where = { ...ofTeam, AND: cursor === undefined ? {} : after(cursor) };
  const rows = await listRows(tx, orgId, where, take + 1);
  const shown = rows.slice(0, take);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toMove(row, names)),
    nextCursor: rows.length > take && last ? cursorAt(last) : null,
    total: await tx.gearMove.count({ where: { orgId, ...ofTeam } }),
  };
}

/** What tells moves of one instant apart: team, category and ordinal. */
const place = z.tuple([refText, refText, z.int32()]);

function cursorAt({ at, team, category, ordinal }: Row): string {
  return encodeCursor({ at, ref: [team, category, ordinal] });
}

function after(cursor: string): Prisma.GearMoveWhereInput {
  const {
    at,
    ref: [team, category, ordinal],
  } = decodeCursor(cursor, place);
  const behind = [
    { at: { lt: at } },
    { team: { lt: team } },
    { team, category: { lt: category } },
    { team, category, ordinal: { lt: ordinal } },
  ];
  return { at: { lte: at }, OR: behind };
}

function toMove(row: Row, names: Names): MoveRow {
  return {
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
  };
}
