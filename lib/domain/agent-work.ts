import type { KnownActor } from './actor';
import type { GaitEvent } from './event';
import type { TaskCourse } from './task-course';

type Course = Pick<TaskCourse, 'openedAt' | 'closedAt'> & {
  readonly headMoves: readonly { readonly at: number; readonly by: KnownActor | null }[];
  readonly closedBy: KnownActor | null;
};

type Report = { readonly at: number; readonly agent: string | undefined };

function reportsIn(events: readonly GaitEvent[]): Report[] {
  return events.flatMap((event) => {
    switch (event.type) {
      case 'dev.gait.task.opened.v1':
      case 'dev.gait.task.updated.v1':
      case 'dev.gait.task.merged.v1':
      case 'dev.gait.task.closed.v1':
        return [{ at: event.at, agent: event.data.task.agent?.key }];
      default:
        return [];
    }
  });
}

/**
 * When the agent of a task last did something to it (ms): opened it, pushed to it, or closed it itself; without any of these, when
 * the task was first reported. What people do to it (reviews, incidents, sorting) is not the agent's work. `events` in record order.
 */
export function agentActedAt(events: readonly GaitEvent[], course: Course): number | null {
  const { openedAt, headMoves, closedBy, closedAt } = course;
  const pushes = headMoves.filter(({ by }) => by?.kind !== 'human').map(({ at }) => at);
  const closing = closedBy?.kind === 'agent' ? [closedAt] : [];
  const times = [openedAt, ...pushes, ...closing].filter((at) => at !== null);
  return times.length > 0 ? Math.max(...times) : (reportsIn(events)[0]?.at ?? null);
}

/**
 * The agents that a task's reports name, and since when (ms): since the task was first reported. More evidence can name more agents
 * and an earlier time, never fewer or a later one, so the order of arrival leaves no trace.
 */
export function agentsNamed(events: readonly GaitEvent[]): ReadonlyMap<string, number> {
  const reports = reportsIn(events);
  const since = Math.min(...reports.map(({ at }) => at));
  return new Map(reports.flatMap(({ agent }) => (agent === undefined ? [] : [[agent, since]])));
}
