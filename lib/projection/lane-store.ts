import { Prisma } from '@/generated/prisma/client';
import type { Severity } from '@/lib/domain/event';
import type { Gear } from '@/lib/domain/gear';
import type { LaneEntry, LateNews } from '@/lib/domain/lane/lane-entry';
import { inLaneOrder } from '@/lib/domain/lane/lane-entry';
import { createLane, decodeLane, type EncodedLane, type LaneState } from '@/lib/domain/lane/lane-state';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { readJson } from './read-json';

export type LaneKey = { orgId: OrgId; team: string; category: string };

/** Where a fold starts from: the lane's own state, or the last snapshot before the first change. */
export type Base = { state: LaneState; isReplay: boolean };

/** @param dirtyFrom the earliest place that changed; null when only time has passed */
export async function findBase(tx: Tx, key: LaneKey, dirtyFrom: Date | null): Promise<Base> {
  const { orgId, team, category } = key;
  const lane = await tx.lane.findUnique({
    where: { orgId_team_category: { orgId, team, category } },
    select: { state: true, stateAt: true },
  });
  if (!lane) return { state: createLane(), isReplay: false };
  if (!dirtyFrom || !lane.stateAt || lane.stateAt < dirtyFrom) {
    return { state: decodeLane(lane.state as unknown as EncodedLane), isReplay: false };
  }
  const snapshot = await tx.laneSnapshot.findFirst({
    where: { orgId, team, category, at: { lt: dirtyFrom } },
    orderBy: { at: 'desc' },
    select: { state: true },
  });
  return {
    state: snapshot ? decodeLane(snapshot.state as unknown as EncodedLane) : createLane(),
    isReplay: true,
  };
}

/** Forgets what was derived after the base: it is about to be derived again. */
export async function forgetAfter(
  tx: Tx,
  { orgId, team, category }: LaneKey,
  state: LaneState,
): Promise<void> {
  const after = { gt: new Date(state.at ?? 0) };
  const lane = { orgId, team, category };
  await tx.laneSnapshot.deleteMany({ where: { ...lane, at: after } });
  await tx.gearMove.deleteMany({ where: { ...lane, at: after } });
  await tx.recommendation.deleteMany({ where: { ...lane, openedAt: after } });
  await tx.laneWeek.deleteMany({
    where: { ...lane, ...(state.week ? { week: { gte: new Date(state.week.week) } } : {}) },
  });
}

type ObservationRow = {
  at: number;
  ref: string;
  score: number | null;
  merged: boolean;
  reviewed: boolean;
  hasty: boolean;
};
type ChargeRow = {
  at: number;
  ref: string;
  key: string;
  severity: Severity | null;
  taskAt: number;
  taskScore: number | null;
};
type DecisionRow = {
  at: number;
  id: string;
  action: 'accept' | 'decline';
  to: Gear;
  personId: string;
  person: string;
  reason: string;
};

const PAGE = 10_000;

/**
 * The lane's entries after an instant, in lane order, a page at a time. Rows come as one JSON text each time:
 * it is several times quicker to read than as many typed rows.
 */
export async function* entriesAfter(tx: Tx, key: LaneKey, after: number | null): AsyncGenerator<LaneEntry[]> {
  const start = new Date(after ?? 0);
  let rest: LaneEntry[] = [
    ...(await chargesAfter(tx, key, start)),
    ...(await decisionsAfter(tx, key, start)),
  ];
  rest = inLaneOrder(rest);
  let last: { at: number; ref: string } | null = null;
  for (;;) {
    const page: ObservationRow[] = await observationsAfter(tx, key, start, last);
    const end = page.at(-1);
    const isLast = page.length < PAGE || !end;
    const until = isLast ? Number.POSITIVE_INFINITY : end.at;
    const due = rest.filter((entry) => entry.at < until);
    rest = rest.filter((entry) => entry.at >= until);
    yield inLaneOrder([...page.map((row) => ({ kind: 'observation' as const, ...row })), ...due]);
    if (isLast) return;
    last = end;
  }
}

/** After an instant, or after the last one of a page: in the order of bytes, so that no collation repeats or skips a row. */
async function observationsAfter(
  tx: Tx,
  { orgId, team, category }: LaneKey,
  start: Date,
  last: { at: number; ref: string } | null,
): Promise<ObservationRow[]> {
  const at = new Date(last?.at ?? 0);
  const after = last
    ? Prisma.sql`at >= ${at} AND (at, task_ref COLLATE "C") > (${at}, ${last.ref})`
    : Prisma.sql`at > ${start}`;
  return readJson(tx.$queryRaw`
    SELECT coalesce(json_agg(r ORDER BY r.at, r.ref COLLATE "C"), '[]')::text AS rows FROM (
      SELECT (extract(epoch FROM at) * 1000)::float8 AS at, task_ref AS ref, score, merged, reviewed, hasty
      FROM observation
      WHERE org_id = ${orgId}::uuid AND team = ${team} AND category = ${category} AND ${after}
      ORDER BY at, task_ref COLLATE "C" LIMIT ${PAGE}
    ) r`);
}

async function chargesAfter(tx: Tx, { orgId, team, category }: LaneKey, start: Date): Promise<LaneEntry[]> {
  const rows: ChargeRow[] = await readJson(tx.$queryRaw`
    SELECT coalesce(json_agg(r), '[]')::text AS rows FROM (
      SELECT (extract(epoch FROM at) * 1000)::float8 AS at, task_ref AS ref, key, severity,
             (extract(epoch FROM task_at) * 1000)::float8 AS "taskAt", task_score AS "taskScore"
      FROM charge c
      WHERE org_id = ${orgId}::uuid AND team = ${team} AND category = ${category}
        AND EXISTS (SELECT FROM charge later WHERE later.org_id = c.org_id AND later.task_ref = c.task_ref AND later.at > ${start})
    ) r`);
  const byTask = Map.groupBy(rows, (row) => row.ref);
  return [...byTask.values()].flatMap((charges) => {
    const ordered = charges.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    return ordered.flatMap((row, index): LaneEntry[] => {
      if (row.at <= start.getTime()) return [];
      const earlier: LateNews[] = ordered
        .slice(0, index)
        .map(({ at, key, severity }) => ({ at, key, severity }));
      const { at, ref, key, severity, taskAt, taskScore } = row;
      return [{ kind: 'charge', at, ref, key, severity, task: { at: taskAt, score: taskScore }, earlier }];
    });
  });
}

async function decisionsAfter(tx: Tx, { orgId, team, category }: LaneKey, start: Date): Promise<LaneEntry[]> {
  const rows: DecisionRow[] = await readJson(tx.$queryRaw`
    SELECT coalesce(json_agg(r), '[]')::text AS rows FROM (
      SELECT (extract(epoch FROM at) * 1000)::float8 AS at, id, action, to_gear AS "to", person_id AS "personId", person, reason
      FROM decision
      WHERE org_id = ${orgId}::uuid AND team = ${team} AND category = ${category} AND at > ${start}
    ) r`);
  return rows.map(({ personId, person, ...row }) => ({
    kind: 'decision',
    ...row,
    person: { id: personId, name: person },
  }));
}
