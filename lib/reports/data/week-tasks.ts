import { Prisma } from '@/generated/prisma/client';
import type { DecidedTask } from '@/lib/domain/report/compose';
import type { ReportAgent } from '@/lib/domain/report/content';
import type { KnownNow } from '@/lib/domain/report/since';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { readJson } from '@/lib/projection/read-json';
import type { Span } from './span';

type Row = Omit<DecidedTask, 'agent'> & { agent: string | null; category: string };

/** The tasks that were decided in a span, with the independent reviews they had by then. */
export async function tasksOf(
  tx: Tx,
  orgId: OrgId,
  { from, to }: Span,
  agentOf: (key: string) => ReportAgent,
): Promise<(DecidedTask & { category: string })[]> {
  const rows = await readJson<Row[]>(tx.$queryRaw`
    SELECT coalesce(json_agg(r ORDER BY r.ref), '[]')::text AS rows FROM (
      SELECT t.ref, t.team, t.category, CASE WHEN o.task_ref IS NOT NULL THEN t.agent END AS agent,
        coalesce(o.merged, t.state = 'merged') AS merged, coalesce(o.reviewed, false) AS reviewed, coalesce(o.hasty, false) AS hasty,
        (extract(epoch FROM t.opened_at) * 1000)::float8 AS "openedAt",
        coalesce((SELECT json_agg(json_build_object('reviewer', lower(v.reviewer), 'at', (extract(epoch FROM v.submitted_at) * 1000)::float8))
          FROM review v WHERE v.org_id = t.org_id AND v.task_ref = t.ref AND v.independent AND v.dismissed_at IS NULL
            AND v.verdict <> 'commented' AND v.submitted_at <= t.decided_at), '[]') AS reviews
      FROM task t LEFT JOIN observation o ON o.org_id = t.org_id AND o.task_ref = t.ref
      WHERE t.org_id = ${orgId}::uuid AND t.decided_at >= ${from} AND t.decided_at < ${to}
    ) r`);
  return rows.map((row) => ({ ...row, agent: row.agent === null ? null : agentOf(row.agent) }));
}

/**
 * How many tasks were decided in a span, of a team or (without one) of all, counted as a report counts them. A team's are found by its
 * categories, one of which every task has, and by their last event: nothing is decided after it.
 */
export async function countTasks(
  tx: Tx,
  orgId: OrgId,
  { from, to }: Span,
  team: string | undefined,
): Promise<KnownNow> {
  const tasks =
    team === undefined
      ? Prisma.sql`task t`
      : Prisma.sql`category c JOIN task t ON t.org_id = c.org_id AND t.team = ${team} AND t.category = c.key AND t.last_event_at >= ${from}`;
  const [counts] = await tx.$queryRaw<KnownNow[]>`
    SELECT count(*) FILTER (WHERE is_of_agent)::int AS decided, count(*) FILTER (WHERE is_of_agent AND reviewed)::int AS reviewed,
      count(*) FILTER (WHERE is_of_agent AND merged)::int AS merged, count(*) FILTER (WHERE NOT is_of_agent)::int AS "withoutAgent"
    FROM (
      SELECT o.task_ref IS NOT NULL AND t.agent IS NOT NULL AS is_of_agent, o.reviewed, o.merged
      FROM ${tasks} LEFT JOIN observation o ON o.org_id = t.org_id AND o.task_ref = t.ref
      WHERE t.org_id = ${orgId}::uuid AND t.decided_at >= ${from} AND t.decided_at < ${to}
    ) known`;
  return counts ?? { decided: 0, reviewed: 0, merged: 0, withoutAgent: 0 };
}

/** How many tasks that were decided in a span had an independent review, by lane (`team/category`). */
export async function reviewedByLane(
  tx: Tx,
  orgId: OrgId,
  from: Date,
  to: Date,
): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ lane: string; count: number }[]>`
    SELECT o.team || '/' || o.category AS lane, count(*)::int AS count
    FROM lane l JOIN observation o ON o.org_id = l.org_id AND o.team = l.team AND o.category = l.category
    WHERE l.org_id = ${orgId}::uuid AND o.at >= ${from} AND o.at < ${to} AND o.reviewed
    GROUP BY o.team, o.category`;
  return new Map(rows.map(({ lane, count }) => [lane, count]));
}
