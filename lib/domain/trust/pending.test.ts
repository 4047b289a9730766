import { describe, expect, it } from 'vitest';
import {
  cloneQueue,
  createQueue,
  dropFirst,
  findPending,
  firstPending,
  pendingCount,
  pendingRecords,
} from './pending';
import type { TaskRecord } from './trust-event';

const record = (task: string): TaskRecord => ({
  task,
  reviewedAt: 0,
  x: 1,
  extra: 0,
  loss: 0,
  epoch: 1,
  matured: false,
});

describe('pending queue', () => {
  it('gives back what was put in, first in first out, through many sweeps', () => {
    const queue = createQueue();
    let next = 0;
    for (let i = 0; i < 1000; i += 1) {
      queue.records.push(record(`T${i}`));
      if (i % 3 === 0) continue;
      expect(firstPending(queue)?.task).toBe(`T${next}`);
      dropFirst(queue);
      next += 1;
      expect(pendingCount(queue)).toBe(i + 1 - next);
    }
    expect(pendingRecords(queue).map(({ task }) => task)).toEqual(
      Array.from({ length: 1000 - next }, (_, i) => `T${next + i}`),
    );
    expect(queue.records.length).toBeLessThan(1000);
  });

  it('finds only what still waits', () => {
    const queue = createQueue([record('A'), record('B')]);
    dropFirst(queue);
    expect(findPending(queue, 'A')).toBe(-1);
    expect(queue.records[findPending(queue, 'B')]?.task).toBe('B');
  });

  it('copies do not share the queue', () => {
    const queue = createQueue([record('A'), record('B')]);
    const copy = cloneQueue(queue);
    dropFirst(copy);
    expect(pendingCount(queue)).toBe(2);
    expect(pendingCount(copy)).toBe(1);
  });
});
