import type { Actor } from './actor';
import type { GaitEvent } from './event';

/** Open until decided; merged is for good. */
export type TaskState = 'open' | 'merged' | 'closed';

/** A push: the head moved to another commit at `at` (ms). `by` is null when nobody said who pushed. */
export type HeadMove = { readonly at: number; readonly headSha: string; readonly by: Actor | null };

/** How a task went from opening to decision. Times in ms; null where it has not happened, or nobody said. */
export type TaskCourse = {
  readonly state: TaskState;
  readonly openedAt: number | null;
  readonly mergedAt: number | null;
  readonly closedAt: number | null;
  readonly closedBy: Actor | null;
  readonly closeCause: 'human' | 'agent' | 'inactivity' | null;
  readonly revertedAt: number | null;
  /** The head that was merged, or else the latest. What is pushed after the merge is no part of the task. */
  readonly headSha: string | null;
  readonly headMoves: readonly HeadMove[];
};

const START: TaskCourse = {
  state: 'open',
  openedAt: null,
  mergedAt: null,
  closedAt: null,
  closedBy: null,
  closeCause: null,
  revertedAt: null,
  headSha: null,
  headMoves: [],
};

const SHORTEST_SHA = 7;

/** Whether two commit names mean the same commit: without regard to case, and one may be cut short (7 characters at least). */
export function isSameHead(a: string, b: string): boolean {
  const [short = '', long = ''] = [a.toLowerCase(), b.toLowerCase()].sort((x, y) => x.length - y.length);
  return short === long || (short.length >= SHORTEST_SHA && long.startsWith(short));
}

/** `movesFromUnknown`: whether a first head means a push (in an update it does) or only that the head became known. */
function moveHead(
  course: TaskCourse,
  move: { at: number; headSha: string | undefined; by: Actor | null },
  movesFromUnknown: boolean,
): TaskCourse {
  const { at, headSha, by } = move;
  if (headSha === undefined || course.state === 'merged') return course;
  const isMove = course.headSha === null ? movesFromUnknown : !isSameHead(course.headSha, headSha);
  return {
    ...course,
    headSha,
    headMoves: isMove ? [...course.headMoves, { at, headSha, by }] : course.headMoves,
  };
}

/** Says which anomaly the event makes in this course, if any. */
function anomalyOf(course: TaskCourse, event: GaitEvent): string | null {
  if (event.type === 'dev.gait.task.opened.v1') {
    if (course.state === 'merged') return 'The task was reported as opened after it had been merged.';
    if (course.state === 'open' && course.openedAt !== null) {
      return 'The task was reported as opened more than once; the earliest report counts.';
    }
  }
  const { closedAt } = course;
  if (event.type === 'dev.gait.task.merged.v1' && course.state === 'closed' && event.at > (closedAt ?? 0)) {
    return 'The task was merged after it had been closed.';
  }
  return null;
}

function open(course: TaskCourse, at: number): TaskCourse {
  const openedAt = course.openedAt ?? at;
  // There is no event for reopening: an opening after the close is one.
  const reopens = course.state === 'closed' && course.closedAt !== null && at > course.closedAt;
  return reopens
    ? { ...course, openedAt, state: 'open', closedAt: null, closedBy: null, closeCause: null }
    : { ...course, openedAt };
}

function step(course: TaskCourse, event: GaitEvent): TaskCourse {
  const { at } = event;
  switch (event.type) {
    case 'dev.gait.task.opened.v1':
      return open(moveHead(course, { at, headSha: event.data.task.headSha, by: null }, false), at);
    case 'dev.gait.task.updated.v1':
      return moveHead(course, { at, headSha: event.data.task.headSha, by: event.data.by ?? null }, true);
    case 'dev.gait.task.merged.v1': {
      if (course.state === 'merged') return course;
      // Who merged need not be who pushed.
      const moved = moveHead(course, { at, headSha: event.data.task.headSha, by: null }, false);
      return { ...moved, state: 'merged', mergedAt: at };
    }
    case 'dev.gait.task.closed.v1': {
      if (course.state === 'merged') return course;
      const moved = moveHead(course, { at, headSha: event.data.task.headSha, by: null }, false);
      return {
        ...moved,
        state: 'closed',
        closedAt: course.closedAt ?? at,
        closedBy: course.closedBy ?? event.data.by ?? null,
        closeCause: course.closeCause ?? event.data.cause ?? null,
      };
    }
    case 'dev.gait.task.reverted.v1':
      return { ...course, revertedAt: course.revertedAt ?? at };
    default:
      return course;
  }
}

function missingReports(course: TaskCourse, events: readonly GaitEvent[]): string[] {
  const has = (type: string) => events.some((event) => event.type === type);
  const missing: string[] = [];
  if (course.openedAt === null && course.state !== 'open') {
    missing.push(`The task was ${course.state}, but its opening was never reported.`);
  } else if (course.openedAt === null && has('dev.gait.task.updated.v1')) {
    missing.push('The task was updated, but its opening was never reported.');
  } else if (course.openedAt === null && has('dev.gait.review.submitted.v1')) {
    missing.push('Reviews arrived, but the task itself was never reported.');
  } else if (course.openedAt === null) {
    missing.push('Other evidence names this task, but the task itself was never reported.');
  }
  if (course.revertedAt !== null && course.state !== 'merged') {
    missing.push('The task was reported as reverted, but never as merged.');
  }
  return missing;
}

/** Follows a task from opening to decision. `events` in record order. */
export function followCourse(events: readonly GaitEvent[]): { course: TaskCourse; anomalies: string[] } {
  const anomalies = new Set<string>();
  let course = START;
  for (const event of events) {
    const anomaly = anomalyOf(course, event);
    if (anomaly) anomalies.add(anomaly);
    course = step(course, event);
  }
  return { course, anomalies: [...anomalies, ...missingReports(course, events)] };
}
