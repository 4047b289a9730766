import { z } from 'zod';
import type { Prisma } from '@/generated/prisma/client';
import type { Gear } from '@/lib/domain/gear';
import type { OrgId } from '@/lib/platform/ctx';
import { decodeCursor, encodeCursor } from '@/lib/platform/cursor';
import type { Tx } from '@/lib/platform/db';
import type { MoveKind, MovePage, MoveRow } from '../types';
import type { Names } from './names';

type Row = Awaited<ReturnType<Tx['loggedMove']['findMany']>>[number];

/** Gear moves as they were told, newest first. */
export async function listMoves(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  where: Prisma.LoggedMoveWhereInput,
  take: number,
): Promise<MoveRow[]> {
  return toMoves(tx, orgId, names, await listRows(tx, orgId, where, take));
}

function listRows(tx: Tx, orgId: OrgId, where: Prisma.LoggedMoveWhereInput, take: number): Promise<Row[]> {
  return tx.loggedMove.findMany({
    where: { orgId, ...where },
    orderBy: [{ at: 'desc' }, { ordinal: 'desc' }, { id: 'desc' }],
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
    items: await toMoves(tx, orgId, names, shown),
    nextCursor: rows.length > take && last ? cursorAt(last) : null,
    total: await tx.loggedMove.count({ where: { orgId, ...ofTeam } }),
  };
}

/** What tells moves of one instant apart. */
const place = z.tuple([z.int32(), z.uuid()]);

function cursorAt({ at, ordinal, id }: Row): string {
  return encodeCursor({ at, ref: [ordinal, id] });
}

function after(cursor: string): Prisma.LoggedMoveWhereInput {
  const {
    at,
    ref: [ordinal, id],
  } = decodeCursor(cursor, place);
  const behind = [{ at: { lt: at } }, { ordinal: { lt: ordinal } }, { ordinal, id: { lt: id } }];
  return { at: { lte: at }, OR: behind };
}

/** An acceptance moves the gear at the instant at which it closes its recommendation. */
async function toMoves(tx: Tx, orgId: OrgId, names: Names, rows: readonly Row[]): Promise<MoveRow[]> {
  const places = rows.flatMap(({ kind, team, category, at }) =>
    kind === 'accepted' ? [{ team, category, closedAt: at }] : [],
  );
  const query = {
    where: { orgId, status: 'accepted', OR: places },
    select: { id: true, team: true, category: true, closedAt: true },
  } as const;
  // What people read comes last, and so stands; of evidence that brought its own acceptances along there is only what is derived.
  const accepted =
    places.length === 0
      ? []
      : [...(await tx.recommendation.findMany(query)), ...(await tx.decidedRecommendation.findMany(query))];
  const idAt = new Map(
    accepted.map(({ id, team, category, closedAt }) => [`${team}/${category}/${closedAt?.getTime()}`, id]),
  );
  return rows.map((row) => toMove(row, names, idAt.get(`${row.team}/${row.category}/${row.at.getTime()}`)));
}

function toMove(row: Row, names: Names, recommendationId: string | undefined): MoveRow {
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
    recommendationId: (row.kind === 'accepted' && recommendationId) || null,
    evidence: row.evidence as MoveRow['evidence'],
    policyVersion: row.policyVersion,
    withdrawn:
      row.withdrawnAt === null
        ? null
        : { at: row.withdrawnAt.toISOString(), reason: row.withdrawnReason ?? '' },
  };
}
