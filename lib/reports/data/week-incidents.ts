import type { Gear } from '@/lib/domain/gear';
import type { IncidentRow } from '@/lib/domain/report/compose';
import type { Names } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { placeOf, type Span } from './span';

/** The incidents that were open at any time of a span, with what they cost in it. */
export async function incidentsOf(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  { from, to }: Span,
): Promise<IncidentRow[]> {
  const rows = await tx.incident.findMany({
    where: { orgId, openedAt: { lt: to }, OR: [{ resolvedAt: null }, { resolvedAt: { gte: from } }] },
    orderBy: [{ openedAt: 'asc' }, { ref: 'asc' }],
  });
  const refs = rows.map(({ ref }) => ref);
  const charges = await tx.charge.findMany({
    where: { orgId, key: { in: refs }, at: { lt: to } },
    select: { key: true, taskRef: true, team: true },
  });
  const byIncident = Map.groupBy(charges, ({ key }) => key);
  const lost = await tx.loggedMove.findMany({
    where: {
      orgId,
      kind: 'demoted',
      withdrawnAt: null,
      at: { gte: from, lt: to },
      taskRef: { in: charges.map(({ taskRef }) => taskRef) },
    },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.map((incident) => {
    const charged = byIncident.get(incident.ref) ?? [];
    const tasks = new Set(charged.map(({ taskRef }) => taskRef));
    const { ref, title, severity, openedAt, resolvedAt } = incident;
    return {
      ref,
      title,
      severity,
      openedAt: openedAt.toISOString(),
      resolvedAt: resolvedAt && resolvedAt < to ? resolvedAt.toISOString() : null,
      chargedTasks: tasks.size,
      gearsLost: lost
        .filter(({ taskRef }) => taskRef !== null && tasks.has(taskRef))
        .map((move) => ({
          ...placeOf(names, move.team, move.category),
          from: move.fromGear as Gear,
          to: move.toGear as Gear,
        })),
      teams: [
        ...new Set([...(incident.team === null ? [] : [incident.team]), ...charged.map(({ team }) => team)]),
      ],
    };
  });
}
