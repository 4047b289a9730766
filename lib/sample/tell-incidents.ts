import type { GaitEvent } from '@/lib/domain/event';
import { groupBy } from './group';
import { type IncidentScript, type LaneScript, laneKey } from './lane-script';
import { loginOf } from './people';
import { type NumberedTask, SAMPLE_SOURCE } from './tell-task';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long it takes from an incident until something is suspected, in ms. */
const SUSPICION_MS = 7 * 60_000;

export type NumberedIncident = {
  ref: string;
  incident: IncidentScript;
  openedAt: number;
  suspect: NumberedTask;
};

/** The incidents of all lanes, numbered in the order they were opened, each with the task it is blamed on. */
export function numberIncidents(
  lanes: readonly { script: LaneScript; incidents: readonly IncidentScript[] }[],
  tasks: readonly NumberedTask[],
  endsAt: number,
): NumberedIncident[] {
  const byLane = groupBy(tasks, ({ team, category }) => laneKey({ team: team.slug, category }));
  return lanes
    .flatMap(({ script, incidents }) => incidents.map((incident) => ({ script, incident })))
    .sort((a, b) => b.incident.daysBefore - a.incident.daysBefore)
    .flatMap(({ script, incident }, index) => {
      const openedAt = Math.round(endsAt - incident.daysBefore * DAY_MS);
      const suspect = lastMergedBefore(byLane.get(laneKey(script)) ?? [], openedAt);
      return suspect ? [{ ref: `INC-${2041 + index * 3}`, incident, openedAt, suspect }] : [];
    });
}

/** Gives the tasks behind incidents the titles that the stories know them by. */
export function retitle(
  tasks: readonly NumberedTask[],
  incidents: readonly NumberedIncident[],
): NumberedTask[] {
  const titles = new Map(incidents.map(({ suspect, incident }) => [suspect.ref, incident.task]));
  return tasks.map((task) => {
    const title = titles.get(task.ref);
    return title === undefined ? task : { ...task, change: { ...task.change, title, labels: [] } };
  });
}

/** The task an incident is blamed on: what was merged last, and had gone through until then. */
function lastMergedBefore(tasks: readonly NumberedTask[], openedAt: number): NumberedTask | undefined {
  return tasks
    .filter(({ beats }) => beats.every(({ kind }) => kind !== 'revert' && kind !== 'push'))
    .flatMap((task) => {
      const merge = task.beats.find(({ kind }) => kind === 'merge');
      return merge && merge.at < openedAt - HOUR_MS ? [{ task, at: merge.at }] : [];
    })
    .sort((a, b) => b.at - a.at)
    .at(0)?.task;
}

/** The events of one incident, as far as they have come by the end. */
export function tellIncident(
  { ref, incident: script, openedAt, suspect }: NumberedIncident,
  endsAt: number,
): GaitEvent[] {
  const { title, severity, cause, link, confidence, hoursToLink, hoursToResolve } = script;
  const { team } = suspect;
  const incident = { ref };
  const task = { ref: suspect.ref };
  const on = (name: string, ms: number) => ({
    source: SAMPLE_SOURCE,
    id: `${ref}/${name}`,
    at: Math.round(openedAt + ms),
  });
  const url = `https://incidents.northwind.example/${ref}`;
  const events: GaitEvent[] = [
    {
      ...on('opened', 0),
      type: 'dev.gait.incident.opened.v1',
      data: { incident: { ref, title, severity, team: team.slug, url } },
    },
    {
      ...on('suspected', SUSPICION_MS),
      type: 'dev.gait.incident.linked.v1',
      data: { incident, task, status: 'suggested', confidence },
    },
  ];
  if (cause !== null) {
    events.push({
      ...on('cause', hoursToLink * HOUR_MS - 60_000),
      type: 'dev.gait.incident.updated.v1',
      data: { incident: { ref, cause } },
    });
  }
  if (link !== null) {
    events.push({
      ...on(link, hoursToLink * HOUR_MS),
      type: 'dev.gait.incident.linked.v1',
      data: { incident, task, status: link, by: { login: loginOf(team.lead), kind: 'human' } },
    });
  }
  if (hoursToResolve !== null) {
    events.push({
      ...on('resolved', hoursToResolve * HOUR_MS),
      type: 'dev.gait.incident.resolved.v1',
      data: { incident },
    });
  }
  return events.filter(({ at }) => at < endsAt);
}
