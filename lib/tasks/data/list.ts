import { Prisma } from '@/generated/prisma/client';
import { OUTCOME_LABELS, type TaskOutcome } from '@/lib/domain/outcome';
import { sevenDaysFrom } from '@/lib/domain/report/iso-week';
import { type Names, namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import { decodeCursor, encodeCursor } from '@/lib/platform/cursor';
import { inOrg } from '@/lib/platform/db';
import type { Counted, TaskFilters, TaskList, TaskRow, TaskState } from '../types';

const PAGE = 50;

type Row = {
  ref: string;
  title: string | null;
  url: string | null;
  repository: string | null;
  team: string;
  category: string;
  agent: string | null;
  state: string;
  opened_at: Date | null;
  decided_at: Date | null;
  last_event_at: Date;
  outcome: string | null;
  score: number | null;
  incidents: number;
};

/** Tasks by their latest event, newest first; a page at a time on an index, so that page 1,000 costs what page 1 does. */
export async function listTasks(
  orgId: OrgId,
  filters: TaskFilters,
  cursor: string | undefined,
): Promise<TaskList> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT t.ref, t.title, t.url, t.repository, t.team, t.category, t.agent, t.state, t.opened_at, t.decided_at, t.last_event_at, t.outcome, t.score,
        (SELECT count(*)::int FROM charge c WHERE c.org_id = t.org_id AND c.task_ref = t.ref AND c.severity IS NOT NULL) AS incidents
      FROM task t
      WHERE t.org_id = ${orgId}::uuid ${whereOf(filters)}
        ${after ? Prisma.sql`AND (t.last_event_at, t.ref) < (${after.at}, ${after.ref})` : Prisma.empty}
      ORDER BY t.last_event_at DESC, t.ref DESC LIMIT ${PAGE + 1}`;
    const items = rows.slice(0, PAGE).map((row) => toTaskRow(row, names));
    const last = items.at(-1);
    return {
      items,
      nextCursor:
        rows.length > PAGE && last ? encodeCursor({ at: new Date(last.lastEventAt), ref: last.ref }) : null,
    };
  });
}

/** How many tasks of a week are like that; null without a week, since what it costs must not grow with the history. */
export async function countTasks(orgId: OrgId, filters: TaskFilters): Promise<number | null> {
  if (!filters.week) return null;
  const [row] = await inOrg(
    orgId,
    (tx) => tx.$queryRaw<[{ count: number }]>`
      SELECT count(*)::int AS count FROM task t WHERE t.org_id = ${orgId}::uuid ${whereOf(filters)}`,
  );
  return row.count;
}

function whereOf({ team, category, agent, state, outcome, q, week, zone, counted }: TaskFilters): Prisma.Sql {
  const parts = [
    team && Prisma.sql`t.team = ${team}`,
    category && Prisma.sql`t.category = ${category}`,
    agent && Prisma.sql`t.agent = ${agent}`,
    state && Prisma.sql`t.state = ${state}`,
    outcome && Prisma.sql`t.outcome = ${outcome}`,
    week && inWeek(week, zone),
    counted && countedAs(counted),
    q && Prisma.sql`(t.title ILIKE ${likeOf(q)} OR t.ref ILIKE ${likeOf(q)})`,
  ].filter((part) => part instanceof Prisma.Sql);
  return parts.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join(parts, ' AND ')}`;
}

/** A date that no calendar has narrows nothing. */
function inWeek(day: string, zone = 'UTC'): Prisma.Sql | undefined {
  const span = sevenDaysFrom(day, zone);
  return span
    ? Prisma.sql`t.decided_at >= ${new Date(span.from)} AND t.decided_at < ${new Date(span.to)}`
    : undefined;
}

/** As `lib/reports/data/week-tasks.ts` counts: what gave an observation is an agent's. */
function countedAs(counted: Counted): Prisma.Sql {
  const observed = (more: Prisma.Sql) =>
    Prisma.sql`EXISTS (SELECT FROM observation o WHERE o.org_id = t.org_id AND o.task_ref = t.ref ${more})`;
  switch (counted) {
    case 'decided':
      return observed(Prisma.empty);
    case 'reviewed':
      return observed(Prisma.sql`AND o.reviewed`);
    case 'merged':
      return observed(Prisma.sql`AND o.merged`);
    case 'without-agent':
      return Prisma.sql`t.decided_at IS NOT NULL AND NOT ${observed(Prisma.empty)}`;
    default:
      return counted satisfies never;
  }
}

function likeOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

export function toTaskRow(row: Row, names: Names): TaskRow {
  return {
    ref: row.ref,
    title: row.title,
    url: row.url,
    repository: row.repository,
    team: row.team,
    teamName: names.team(row.team),
    category: row.category,
    categoryName: names.category(row.category),
    agent: row.agent,
    state: row.state as TaskState,
    openedAt: row.opened_at?.toISOString() ?? null,
    decidedAt: row.decided_at?.toISOString() ?? null,
    lastEventAt: row.last_event_at.toISOString(),
    outcome: row.outcome,
    outcomeLabel: row.outcome === null ? null : OUTCOME_LABELS[row.outcome as TaskOutcome],
    score: row.score,
    incidentCount: row.incidents,
  };
}
