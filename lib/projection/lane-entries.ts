import { Prisma } from '@/generated/prisma/client';
import type { Severity } from '@/lib/domain/event';
import type { Gear } from '@/lib/domain/gear';
import type { LaneEntry, LateNews } from '@/lib/domain/lane/lane-entry';
import { inLaneOrder } from '@/lib/domain/lane/lane-entry';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { LaneKey } from './lane-store';
import { readJson } from './read-json';

/** A lane, and the instant (ms since 1970) after which it is read. */
export type Reader = { key: LaneKey; after: number };

/** Entries in lane order, and whether there are no more. All entries of the last instant are there. */
export type Reading = { entries: LaneEntry[]; isAll: boolean };

type ObservationRow = {
  at: number;
  ref: string;
  score: number | null;
  merged: boolean;
  reviewed: boolean;
  hasty: boolean;
};
type ChargeRow = {
  lane: number;
  at: number;
  ref: string;
  key: string;
  severity: Severity | null;
  taskAt: number;
  taskScore: number | null;
};
type DecisionRow = {
  lane: number;
  at: number;
  id: string;
  action: 'accept' | 'decline';
  to: Gear;
  personId: string;
  person: string;
  reason: string;
};

/**
 * What comes next in each lane of one organisation, in the order of `readers`: `most` observations, or as many more as
 * the last instant holds. Rows come as one JSON text: it is several times quicker to read than as many typed rows.
 */
export async function readEntries(
  tx: Tx,
  orgId: OrgId,
  readers: readonly Reader[],
  most: number,
): Promise<Reading[]> {
  const pages = await observationsOf(tx, orgId, readers, most);
  const charges = Map.groupBy(await chargesOf(tx, orgId, readers), ({ lane }) => lane);
  const decisions = Map.groupBy(await decisionsOf(tx, orgId, readers), ({ lane }) => lane);
  return readers.map(({ after }, n) => {
    const page = pages[n] ?? [];
    const isAll = page.length < most;
    const until = isAll ? Number.POSITIVE_INFINITY : Math.max(...page.slice(-1).map(({ at }) => at));
    const others = [
      ...chargeEntries(charges.get(n) ?? [], after),
      ...(decisions.get(n) ?? []).map(decisionEntry),
    ];
    const entries = [
      ...page.map((row) => ({ kind: 'observation' as const, ...row })),
      ...others.filter(({ at }) => at <= until),
    ];
    return { entries: inLaneOrder(entries), isAll };
  });
}

/** The readers as a table `l (n, team, category, after)`. */
function lanesOf(readers: readonly Reader[]): Prisma.Sql {
  return Prisma.sql`
    unnest(${readers.map((_, n) => n)}::int[], ${readers.map(({ key }) => key.team)}::text[],
      ${readers.map(({ key }) => key.category)}::text[],
      ${readers.map(({ after }) => new Date(after).toISOString())}::timestamptz[]) AS l (n, team, category, after)`;
}

function observationsOf(
  tx: Tx,
  orgId: OrgId,
  readers: readonly Reader[],
  most: number,
): Promise<ObservationRow[][]> {
  return readJson(tx.$queryRaw`
    SELECT json_agg(page.rows ORDER BY l.n)::text AS rows
    FROM ${lanesOf(readers)} CROSS JOIN LATERAL (
      SELECT coalesce(json_agg(r ORDER BY r.at), '[]') AS rows FROM (
        SELECT (extract(epoch FROM o.at) * 1000)::float8 AS at, o.task_ref AS ref, o.score, o.merged, o.reviewed, o.hasty
        FROM observation o
        WHERE o.org_id = ${orgId}::uuid AND o.team = l.team AND o.category = l.category AND o.at > l.after
        ORDER BY o.at FETCH FIRST ${most} ROWS WITH TIES
      ) r
    ) page`);
}

/** Charges of every task that has one after the instant: the earlier ones tell what it had lost already. */
function chargesOf(tx: Tx, orgId: OrgId, readers: readonly Reader[]): Promise<ChargeRow[]> {
  return readJson(tx.$queryRaw`
    SELECT coalesce(json_agg(r), '[]')::text AS rows FROM (
      SELECT l.n AS lane, (extract(epoch FROM c.at) * 1000)::float8 AS at, c.task_ref AS ref, c.key, c.severity,
             (extract(epoch FROM c.task_at) * 1000)::float8 AS "taskAt", c.task_score AS "taskScore"
      FROM ${lanesOf(readers)}
      JOIN charge c ON c.org_id = ${orgId}::uuid AND c.team = l.team AND c.category = l.category
      WHERE EXISTS (
        SELECT FROM charge later
        WHERE later.org_id = c.org_id AND later.task_ref = c.task_ref AND later.at > l.after)
    ) r`);
}

function chargeEntries(rows: readonly ChargeRow[], after: number): LaneEntry[] {
  const byTask = Map.groupBy(rows, ({ ref }) => ref);
  return [...byTask.values()].flatMap((charges) => {
    const ordered = charges.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    return ordered.flatMap((row, index): LaneEntry[] => {
      if (row.at <= after) return [];
      const earlier: LateNews[] = ordered
        .slice(0, index)
        .map(({ at, key, severity }) => ({ at, key, severity }));
      const { at, ref, key, severity, taskAt, taskScore } = row;
      return [{ kind: 'charge', at, ref, key, severity, task: { at: taskAt, score: taskScore }, earlier }];
    });
  });
}

function decisionsOf(tx: Tx, orgId: OrgId, readers: readonly Reader[]): Promise<DecisionRow[]> {
  return readJson(tx.$queryRaw`
    SELECT coalesce(json_agg(r), '[]')::text AS rows FROM (
      SELECT l.n AS lane, (extract(epoch FROM d.at) * 1000)::float8 AS at, d.id, d.action, d.to_gear AS "to",
             d.person_id AS "personId", d.person, d.reason
      FROM ${lanesOf(readers)}
      JOIN decision d ON d.org_id = ${orgId}::uuid AND d.team = l.team AND d.category = l.category AND d.at > l.after
    ) r`);
}

function decisionEntry({ lane: _, personId, person, ...row }: DecisionRow): LaneEntry {
  return { kind: 'decision', ...row, person: { id: personId, name: person } };
}
