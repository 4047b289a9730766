import { z } from 'zod';
import type { Prisma, Recommendation } from '@/generated/prisma/client';
import type { Gear } from '@/lib/domain/gear';
import { pageOfMoves } from '@/lib/lanes/data/moves';
import { type Names, namesOf } from '@/lib/lanes/data/names';
import { listRecommendations } from '@/lib/lanes/data/waiting';
import type { Actor, OrgId } from '@/lib/platform/ctx';
import { decodeCursor, encodeCursor } from '@/lib/platform/cursor';
import { inOrg, type Tx } from '@/lib/platform/db';
import { policyOf } from '@/lib/projection/rules';
import type {
  ClosedRow,
  DecisionFilters,
  DecisionsPage,
  RecommendationPage,
  RecommendationStatus,
} from '../types';
import { asDecided } from './decided';
import { toPages } from './recommendation';

const WAITING = 10;
const ROWS = 10;

/** A card that a person decided stays where it stands for so long, so that they see the answer; then only the lists of the past have it. The log has each move at once. */
const LINGER_MS = 10 * 60_000;

/** What waits, the log of gear moves and what came to nothing, each a page at a time on an index. */
export async function getDecisions(
  orgId: OrgId,
  actor: Actor,
  { team, waiting, log, closed }: DecisionFilters,
  now: Date,
): Promise<DecisionsPage> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const justDecided = await tx.decidedRecommendation.findMany({
      where: { orgId, closedAt: { gte: new Date(now.getTime() - LINGER_MS) } },
      select: { id: true },
    });
    const shown = justDecided.map(({ id }) => id);
    return {
      waiting: await pageOfWaiting(tx, orgId, actor, names, waiting, shown, now),
      moves: await pageOfMoves(tx, orgId, names, { team, cursor: log, take: ROWS }),
      closed: await pageOfClosed(tx, orgId, names, team, closed, shown),
    };
  });
}

async function pageOfWaiting(
  tx: Tx,
  orgId: OrgId,
  actor: Actor,
  names: Names,
  cursor: string | undefined,
  justDecided: readonly string[],
  now: Date,
): Promise<DecisionsPage['waiting']> {
  const policy = await policyOf(tx, orgId);
  const where = { status: 'open', AND: after('openedAt', cursor) };
  const listed = await listRecommendations(tx, orgId, names, policy, where, {
    take: WAITING + 1,
    now,
  });
  const shown = listed.slice(0, WAITING);
  const last = shown.at(-1)?.row;
  const open = await toPages(tx, orgId, actor, policy, shown);
  const decided: RecommendationPage[] = [];
  for (const id of cursor === undefined ? justDecided : []) {
    const page = await asDecided(tx, { orgId, id, names, policy }, open.find((one) => one.id === id) ?? null);
    if (page && page.status !== 'open') decided.push(page);
  }
  return {
    items: [...decided, ...open].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1)),
    nextCursor: listed.length > WAITING && last ? encodeCursor({ at: last.openedAt, ref: last.id }) : null,
    total: await tx.recommendation.count({ where: { orgId, status: 'open' } }),
  };
}

async function pageOfClosed(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  team: string | undefined,
  cursor: string | undefined,
  shown: string[],
): Promise<DecisionsPage['closed']> {
  // What people accepted, and late evidence derives otherwise: seldom any, however long the history is.
  const accepted = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.id::text FROM recommendation r JOIN decided_recommendation d ON d.org_id = r.org_id AND d.id = r.id
    WHERE r.org_id = ${orgId}::uuid AND r.status IN ('declined', 'withdrawn') AND d.status = 'accepted'`;
  const where = {
    orgId,
    id: { notIn: [...shown, ...accepted.map(({ id }) => id)] },
    status: { in: ['declined', 'withdrawn'] },
    ...(team !== undefined && { team }),
  };
  const rows = await tx.recommendation.findMany({
    where: { ...where, AND: after('closedAt', cursor) },
    orderBy: [{ closedAt: 'desc' }, { id: 'desc' }],
    take: ROWS + 1,
    omit: { reasons: true, approvals: true, evidence: true },
  });
  const items = rows.slice(0, ROWS).map((row) => toClosed(row, names));
  const last = items.at(-1);
  return {
    items,
    nextCursor:
      rows.length > ROWS && last ? encodeCursor({ at: new Date(last.closedAt), ref: last.id }) : null,
    total: await tx.recommendation.count({ where }),
  };
}

type Row = Pick<
  Recommendation,
  'id' | 'team' | 'category' | 'fromGear' | 'toGear' | 'status' | 'openedAt' | 'closedAt'
>;

function toClosed(row: Row, names: Names): ClosedRow {
  return {
    id: row.id,
    teamName: names.team(row.team),
    categoryName: names.category(row.category),
    from: row.fromGear as Gear,
    to: row.toGear as Gear,
    status: row.status as RecommendationStatus,
    // Only closed ones are asked for.
    closedAt: (row.closedAt ?? row.openedAt).toISOString(),
  };
}

/** Behind a cursor in a list that has the latest first, and the greater id first among those of one instant. */
function after(column: 'openedAt' | 'closedAt', cursor: string | undefined): Prisma.RecommendationWhereInput {
  if (cursor === undefined) return {};
  const { at, ref } = decodeCursor(cursor, z.uuid());
  return { [column]: { lte: at }, OR: [{ [column]: { lt: at } }, { id: { lt: ref } }] };
}
