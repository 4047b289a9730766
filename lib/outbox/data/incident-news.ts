import { oneLine } from '@/lib/domain/bidi';
import type { IncidentNews } from '@/lib/domain/notice/documents';
import type { Names } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** An incident as it stands, with the teams that it concerns: its own, and those of the changes it is linked to; '' where there is none. */
export type ConcerningIncident = Omit<IncidentNews, 'teams'> & { teams: string[] };

/** How many linked changes are told. */
const TASKS = 10;

export async function incidentOf(tx: Tx, orgId: OrgId, ref: string): Promise<ConcerningIncident | null> {
  const incident = await tx.incident.findUnique({ where: { orgId_ref: { orgId, ref } } });
  if (!incident) return null;
  const links = await tx.incidentLink.findMany({
    where: { orgId, incidentRef: ref, status: { not: 'rejected' } },
    orderBy: [{ status: 'asc' }, { linkedAt: 'asc' }, { taskRef: 'asc' }],
    take: TASKS,
  });
  const tasks = await tx.task.findMany({
    where: { orgId, ref: { in: links.map(({ taskRef }) => taskRef) } },
    select: { team: true },
  });
  const teams = [incident.team, ...tasks.map(({ team }) => team)].filter((team) => team !== null);
  const { title, severity, openedAt, resolvedAt } = incident;
  return {
    ref,
    title: title && oneLine(title),
    severity,
    openedAt: openedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    tasks: links.map(({ taskRef, status }) => ({ ref: taskRef, status })),
    teams: teams.length === 0 ? [''] : [...new Set(teams)],
  };
}

/** "Payments and Search"; null where no team is known. */
export function teamsInWords(teams: readonly string[], names: Names): string | null {
  const known = teams.filter((team) => team !== '').map(names.team);
  return known.length === 0 ? null : new Intl.ListFormat('en-GB').format(known);
}
