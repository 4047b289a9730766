import { DEFAULT_CATEGORIES } from './category';
import { categoryOfType } from './category-words';
import type { GaitEvent } from './event';

const NO_AGENT = 'No agent is named, so the task is kept but not counted, unless another event names one.';
const NO_REQUESTER =
  'No requester is named, so nobody can be excluded for having asked for the change, unless another event names one.';

const NOBODYS_WORD =
  'Nobody is named in by, so a link that was confirmed stands: a named person takes it back.';

const KEYS: ReadonlySet<string> = new Set(DEFAULT_CATEGORIES.map(({ key }) => key));

/** Whether the classifier takes the source's word: a category's key, or a conventional-commit type. */
function isKindOfWork(word: string): boolean {
  return KEYS.has(word.trim().toLowerCase()) || categoryOfType(word) !== undefined;
}

/**
 * What the sender of a good event should know: that it will count for less than they may expect, in one sentence a reason; null
 * when there is nothing to say. Told from the event alone, so an agent or a requester is missed only where the task begins.
 */
export function noteOn(event: GaitEvent): string | null {
  switch (event.type) {
    case 'dev.gait.incident.linked.v1':
      return event.data.status === 'rejected' && !event.data.by ? NOBODYS_WORD : null;
    case 'dev.gait.task.opened.v1':
    case 'dev.gait.task.updated.v1':
    case 'dev.gait.task.merged.v1':
    case 'dev.gait.task.closed.v1':
      break;
    default:
      return null;
  }
  const { agent, requester, category } = event.data.task;
  const sentences: string[] = [];
  if (event.type === 'dev.gait.task.opened.v1' && !agent) sentences.push(NO_AGENT);
  if (event.type === 'dev.gait.task.opened.v1' && !requester) sentences.push(NO_REQUESTER);
  if (category !== undefined && !isKindOfWork(category)) {
    sentences.push(`"${category}" is not a kind of work that Gait knows; Gait sorts the task itself.`);
  }
  return sentences.length > 0 ? sentences.join(' ') : null;
}
