import type { Severity } from '@/lib/domain/event';
import type { Gear } from '@/lib/domain/gear';
import { UNSAID_SEVERITY } from '@/lib/domain/incident';
import { consequenceOf, type LinkedTask, whyUncharged } from '@/lib/domain/link-effect';
import { SEVERITY_CHARGES } from '@/lib/domain/trust/severity';
import type { Names } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { LinkEffect } from '../types';

export type Link = {
  taskRef: string;
  incident: { ref: string; severity: string | null; cause: string | null; team: string | null };
};

/** A task of a link with the lane that the incident is charged to. */
export type PlacedLinkedTask = LinkedTask & { team: string; category: string };

/** How the tasks of links stand, and their lanes; null for a task that nobody knows. */
export async function linkedTasks(
  tx: Tx,
  orgId: OrgId,
  names: Names,
  links: readonly Link[],
): Promise<(link: Link) => PlacedLinkedTask | null> {
  const refs = [...new Set(links.map(({ taskRef }) => taskRef))];
  const rows = await tx.task.findMany({
    where: { orgId, ref: { in: refs } },
    select: { ref: true, team: true, category: true, decidedAt: true, agent: true },
  });
  const tasks = new Map(rows.map((row) => [row.ref, row]));
  const places = rows.map(({ team, category }) => ({ team, category }));
  const lanes = await tx.lane.findMany({
    where: { orgId, OR: places },
    select: { team: true, category: true, gear: true, tight: true },
  });
  const charges = Map.groupBy(
    await tx.charge.findMany({ where: { orgId, taskRef: { in: refs }, severity: { not: null } } }),
    ({ taskRef }) => taskRef,
  );
  return ({ taskRef, incident }) => {
    const task = tasks.get(taskRef);
    if (!task) return null;
    const { team, category } = task;
    const lane = lanes.find((one) => one.team === team && one.category === category);
    const others = (charges.get(taskRef) ?? []).filter(({ key }) => key !== incident.ref);
    return {
      team,
      category,
      lane: `${names.team(team)} · ${names.category(category)}`,
      gear: (lane?.gear ?? 'crawl') as Gear,
      tight: lane?.tight ?? false,
      failures: Math.max(0, ...others.map(({ severity }) => SEVERITY_CHARGES[severity as Severity].loss)),
      uncharged: whyUncharged(incident.cause, task),
    };
  };
}

/** Whether an incident names another team than the one whose lane it is charged to. */
export function isOtherTeam(team: string | null, task: { team: string }): team is string {
  return team !== null && team !== task.team;
}

/** What the screens say about a link's effect on the lane. */
export function effectOf(
  { severity, team: ofIncident }: Link['incident'],
  task: PlacedLinkedTask | null,
): LinkEffect | null {
  if (!task) return null;
  const { team, category, lane, uncharged } = task;
  const consequence = consequenceOf((severity ?? UNSAID_SEVERITY) as Severity, task);
  return { team, category, lane, consequence, uncharged, isOtherTeam: isOtherTeam(ofIncident, task) };
}
