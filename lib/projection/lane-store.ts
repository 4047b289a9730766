import { Prisma } from '@/generated/prisma/client';
import { createLane, decodeLane, type EncodedLane, type LaneState } from '@/lib/domain/lane/lane-state';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { readJson } from './read-json';

export type LaneKey = { orgId: OrgId; team: string; category: string };

/** A lane to be advanced. `dirtyFrom`: the earliest place that changed; null when only time has passed. */
export type DueLane = { key: LaneKey; dirtyFrom: Date | null };

/** Where a fold starts from: the lane's own state, or the last snapshot before the first change. */
export type Base = { key: LaneKey; state: LaneState; isReplay: boolean };

/** In the order of `due`, which are lanes of one organisation. */
export async function findBases(tx: Tx, orgId: OrgId, due: readonly DueLane[]): Promise<Base[]> {
  const found = await readJson<{ state: EncodedLane | null; isReplay: boolean }[]>(tx.$queryRaw`
    SELECT json_agg(json_build_object('isReplay', base.is_replay,
      'state', CASE WHEN base.is_replay THEN snapshot.state ELSE base.state END) ORDER BY base.n)::text AS rows
    FROM (
      SELECT due.*, lane.state, coalesce(lane.state_at >= due.dirty_from, false) AS is_replay
      FROM unnest(${due.map(({ key }) => key.team)}::text[], ${due.map(({ key }) => key.category)}::text[],
        ${due.map(({ dirtyFrom }) => dirtyFrom?.toISOString() ?? null)}::timestamptz[])
        WITH ORDINALITY AS due (team, category, dirty_from, n)
      LEFT JOIN lane ON lane.org_id = ${orgId}::uuid AND lane.team = due.team AND lane.category = due.category
    ) base
    LEFT JOIN LATERAL (
      SELECT s.state FROM lane_snapshot s
      WHERE base.is_replay AND s.org_id = ${orgId}::uuid AND s.team = base.team AND s.category = base.category
        AND s.at < base.dirty_from
      ORDER BY s.at DESC LIMIT 1
    ) snapshot ON true`);
  return found.map(({ state, isReplay }, n) => {
    const { key } = due[n] as DueLane;
    return { key, state: state ? decodeLane(state) : createLane(), isReplay };
  });
}

/**
 * Forgets what was derived after the bases that are replayed from: it is about to be derived again.
 * @returns names (`team/category`) of the lanes that lost moves
 */
export async function forgetAfter(tx: Tx, orgId: OrgId, bases: readonly Base[]): Promise<Set<string>> {
  const replays = bases.filter(({ isReplay }) => isReplay);
  if (replays.length === 0) return new Set();
  const after = replays.map(({ state }) => new Date(state.at ?? 0).toISOString());
  const fromWeek = replays.map(({ state }) => new Date(state.week?.week ?? 0).toISOString());
  const lanes = Prisma.sql`
    unnest(${replays.map(({ key }) => key.team)}::text[], ${replays.map(({ key }) => key.category)}::text[],
      ${after}::timestamptz[], ${fromWeek}::timestamptz[]) AS l (team, category, after, from_week)`;
  const ofLane = Prisma.sql`t.org_id = ${orgId}::uuid AND t.team = l.team AND t.category = l.category`;
  await tx.$executeRaw`DELETE FROM lane_snapshot t USING ${lanes} WHERE ${ofLane} AND t.at > l.after`;
  const moves = await tx.$queryRaw<{ lane: string }[]>`
    DELETE FROM gear_move t USING ${lanes} WHERE ${ofLane} AND t.at > l.after RETURNING t.team || '/' || t.category AS lane`;
  await tx.$executeRaw`DELETE FROM recommendation t USING ${lanes} WHERE ${ofLane} AND t.opened_at > l.after`;
  await tx.$executeRaw`DELETE FROM lane_week t USING ${lanes} WHERE ${ofLane} AND t.week >= l.from_week::date`;
  return new Set(moves.map(({ lane }) => lane));
}
