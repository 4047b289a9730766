import type { AgentRow, DecidedTask } from '@/lib/domain/report/compose';
import type { DataQuality } from '@/lib/domain/report/content';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { Span } from './span';

const WEEK_MS = 604_800_000;

type Agent = Awaited<ReturnType<Tx['agent']['findMany']>>[number];

/** The agents that were known at the end of a span, and in which teams they worked in it. */
export function agentsOf(
  agents: readonly Agent[],
  tasks: readonly Pick<DecidedTask, 'team' | 'agent'>[],
  { from, to }: Span,
): AgentRow[] {
  const byAgent = Map.groupBy(tasks, ({ agent }) => agent?.key);
  return agents
    .filter(({ firstSeenAt, registeredAt }) => isBefore(firstSeenAt, to) || isBefore(registeredAt, to))
    .map(({ key, name, firstSeenAt, registeredAt, status }) => ({
      key,
      name,
      firstSeenInWeek: isBefore(firstSeenAt, to) && !isBefore(firstSeenAt, from),
      registeredInWeek: isBefore(registeredAt, to) && !isBefore(registeredAt, from),
      isRegistered: isBefore(registeredAt, to),
      status,
      teams: [...new Set((byAgent.get(key) ?? []).map(({ team }) => team))],
    }));
}

function isBefore(at: Date | null, end: Date): boolean {
  return at !== null && at < end;
}

/** Tokens that recorded evidence before, work, and had not for a week at an instant. */
export async function quietSources(tx: Tx, orgId: OrgId, at: Date): Promise<DataQuality['quietSources']> {
  const rows = await tx.token.findMany({
    where: {
      orgId,
      scopes: { has: 'events:write' },
      revokedAt: null,
      expiresAt: { gt: at },
      createdAt: { lt: new Date(at.getTime() - WEEK_MS) },
      OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(at.getTime() - WEEK_MS) } }],
    },
    orderBy: { name: 'asc' },
    select: { name: true, lastUsedAt: true },
  });
  return rows.map(({ name, lastUsedAt }) => ({ name, lastUsedAt: lastUsedAt?.toISOString() ?? null }));
}
