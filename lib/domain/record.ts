import { byRecordOrder, type GaitEvent } from './event';

/**
 * The events in the order of the record, each once: a repeat (same sender's team, source and id) is dropped.
 * Every fold starts here, which is why neither the order of arrival nor a repeat can change what it yields.
 */
export function inRecordOrder(events: readonly GaitEvent[]): GaitEvent[] {
  const seen = new Set<string>();
  return [...events].sort(byRecordOrder).filter((event) => {
    const key = `${event.source}\u0000${event.id}\u0000${event.senderTeam ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The ref of the task that an event names, or null. Decided by type: unknown fields of other types prove nothing. */
export function taskRefOf(event: GaitEvent): string | null {
  switch (event.type) {
    case 'dev.gait.task.opened.v1':
    case 'dev.gait.task.updated.v1':
    case 'dev.gait.task.merged.v1':
    case 'dev.gait.task.closed.v1':
    case 'dev.gait.task.reverted.v1':
    case 'dev.gait.task.classified.v1':
    case 'dev.gait.review.submitted.v1':
    case 'dev.gait.review.dismissed.v1':
    case 'dev.gait.incident.linked.v1':
      return event.data.task.ref;
    default:
      return null;
  }
}

/** The ref of the incident that an event names, or null. */
export function incidentRefOf(event: GaitEvent): string | null {
  switch (event.type) {
    case 'dev.gait.incident.opened.v1':
    case 'dev.gait.incident.updated.v1':
    case 'dev.gait.incident.resolved.v1':
    case 'dev.gait.incident.linked.v1':
      return event.data.incident.ref;
    default:
      return null;
  }
}
