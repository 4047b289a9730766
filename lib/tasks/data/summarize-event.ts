import type { GaitEvent } from '@/lib/domain/event';

const by = (actor: { login: string } | undefined) => (actor ? ` by ${actor.login}` : '');
/** Gait writes a reason where a person gave one; others may write what they like there. */
const because = (reason: unknown) => (typeof reason === 'string' ? `: ${reason}` : '');
const VERDICTS = {
  approved: 'approved',
  changes_requested: 'requested changes',
  commented: 'commented',
} as const;

/** An event of a task in one short sentence. */
export function summarizeEvent(event: Pick<GaitEvent, 'type' | 'data'>): string {
  const { type, data } = event as GaitEvent;
  switch (type) {
    case 'dev.gait.task.opened.v1':
      return `Opened${by(data.task.requester)}`;
    case 'dev.gait.task.updated.v1':
      return data.task.headSha
        ? `New head ${data.task.headSha.slice(0, 7)}${by(data.by)}`
        : `Updated${by(data.by)}`;
    case 'dev.gait.task.merged.v1':
      return `Merged${by(data.by)}`;
    case 'dev.gait.task.closed.v1':
      return `Closed without a merge${by(data.by)}`;
    case 'dev.gait.task.reverted.v1':
      return `Reverted${by(data.by)}`;
    case 'dev.gait.task.classified.v1':
      return `Sorted as ${data.category} by ${data.by}: ${data.reason}`;
    case 'dev.gait.review.submitted.v1':
      return `${data.review.reviewer.login} ${VERDICTS[data.review.verdict]}`;
    case 'dev.gait.review.dismissed.v1':
      return `Review ${data.review.ref} dismissed${by(data.by)}`;
    case 'dev.gait.incident.linked.v1':
      return `Link to incident ${data.incident.ref}: ${data.status}${by(data.by)}${because(data.reason)}`;
    case 'dev.gait.incident.opened.v1':
    case 'dev.gait.incident.updated.v1':
    case 'dev.gait.incident.resolved.v1':
      return `Incident ${data.incident.ref}`;
    case 'dev.gait.recommendation.decided.v1':
      return `${data.person.name}: ${data.action} ${data.to}`;
    default:
      return type satisfies never;
  }
}
