import type { Severity } from '@/lib/domain/event';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import { decodeCursor, encodeCursor } from '@/lib/platform/cursor';
import { inOrg } from '@/lib/platform/db';
import type { IncidentLinkRow, IncidentList, IncidentsPage } from '../types';
import { effectOf, linkedTasks } from './linked-tasks';

const PAGE = 50;

/** Incidents with their links, newest first, and what each link means for the lane of its task. */
export async function getIncidents(orgId: OrgId, cursor: string | undefined): Promise<IncidentsPage> {
  const { items, nextCursor } = await listIncidents(orgId, cursor);
  return inOrg(orgId, async (tx) => {
    const links = items.flatMap((incident) => incident.links.map(({ taskRef }) => ({ taskRef, incident })));
    const taskOf = await linkedTasks(tx, orgId, await namesOf(tx, orgId), links);
    return {
      items: items.map((incident) => ({
        ...incident,
        links: incident.links.map((link) => ({
          ...link,
          effect: effectOf(incident, taskOf({ taskRef: link.taskRef, incident })),
        })),
      })),
      nextCursor,
    };
  });
}

/** Incidents with their links, newest first; with a team (its slug), only that team's, and links to its own tasks. */
export async function listIncidents(
  orgId: OrgId,
  cursor: string | undefined,
  team?: string,
): Promise<IncidentList> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const before = after && {
      OR: [{ openedAt: { lt: after.at } }, { openedAt: after.at, ref: { gt: after.ref } }],
    };
    const rows = await tx.incident.findMany({
      where: { orgId, ...before, ...(team !== undefined && { team }) },
      orderBy: [{ openedAt: 'desc' }, { ref: 'asc' }],
      take: PAGE + 1,
    });
    const shown = rows.slice(0, PAGE);
    const all = await tx.incidentLink.findMany({
      where: { orgId, incidentRef: { in: shown.map(({ ref }) => ref) } },
    });
    const tasks = await tx.task.findMany({
      where: { orgId, ref: { in: all.map(({ taskRef }) => taskRef) }, ...(team !== undefined && { team }) },
      select: { ref: true, title: true },
    });
    const titles = new Map(tasks.map(({ ref, title }) => [ref, title]));
    const links = team === undefined ? all : all.filter(({ taskRef }) => titles.has(taskRef));
    const byIncident = Map.groupBy(links, ({ incidentRef }) => incidentRef);
    const last = shown.at(-1);
    return {
      items: shown.map(({ ref, title, severity, cause, team, url, openedAt, resolvedAt }) => ({
        ref,
        title,
        severity: severity as Severity | null,
        cause,
        team,
        teamName: team && names.team(team),
        url,
        openedAt: openedAt.toISOString(),
        resolvedAt: resolvedAt?.toISOString() ?? null,
        links: (byIncident.get(ref) ?? []).map(({ taskRef, status, confidence }) => ({
          taskRef,
          taskTitle: titles.get(taskRef) ?? null,
          status: status as IncidentLinkRow['status'],
          confidence,
        })),
      })),
      nextCursor: rows.length > PAGE && last ? encodeCursor({ at: last.openedAt, ref: last.ref }) : null,
    };
  });
}
