import type { TaskRecord } from './trust-event';

/**
 * Tasks that have not matured, in review order: a queue with its head counted forward, so that taking the first is O(1)
 * however many wait. The slots before `head` are swept out now and then.
 */
export type PendingQueue = { records: TaskRecord[]; head: number };

const SWEEP_FROM = 64;

/** A queue of the given records, oldest review first. */
export function createQueue(records: readonly TaskRecord[] = []): PendingQueue {
  return {
    records: [...records],
    head: 0,
  };
}

/** An independent copy; the records themselves are shared, since they are never changed. */
export function cloneQueue(queue: PendingQueue): PendingQueue {
  return createQueue(pendingRecords(queue));
}

/** The waiting records, oldest review first. */
export function pendingRecords(queue: PendingQueue): TaskRecord[] {
  return queue.records.slice(queue.head);
}

/** How many wait. */
export function pendingCount(queue: PendingQueue): number {
  return queue.records.length - queue.head;
}

/** The one that matures next. */
export function firstPending(queue: PendingQueue): TaskRecord | undefined {
  return queue.records[queue.head];
}

/** Takes the first away. */
export function dropFirst(queue: PendingQueue): void {
  queue.head += 1;
  if (queue.head < SWEEP_FROM || queue.head * 2 < queue.records.length) return;
  queue.records.splice(0, queue.head);
  queue.head = 0;
}

/** Where a task waits, or -1. Searches from the youngest: bad news is mostly fresh. */
export function findPending(queue: PendingQueue, task: string): number {
  for (let i = queue.records.length - 1; i >= queue.head; i -= 1)
    if (queue.records[i]?.task === task) return i;
  return -1;
}
