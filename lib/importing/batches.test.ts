import { describe, expect, it } from 'vitest';
import { createBatches, type Delivery } from './batches';
import type { CheckedEvent } from './events';

const events = (count: number): CheckedEvent[] => Array.from({ length: count }, () => ({}) as CheckedEvent);
const allAccepted = (count: number): Delivery => ({
  accepted: count,
  duplicates: 0,
  differing: 0,
  rejected: new Map(),
});

describe('createBatches', () => {
  it('keeps the events of a row together', async () => {
    const sizes: number[] = [];
    const { add, finish } = createBatches(
      async (batch) => {
        sizes.push(batch.length);
        return allAccepted(batch.length);
      },
      () => {},
      { eventsPerBatch: 4, inFlight: 2 },
    );
    for (const size of [3, 3, 1, 9, 1]) await add({ events: events(size), delivered: () => {} });
    await finish();
    expect(sizes).toEqual([3, 4, 9, 1]);
  });

  it('tells of deliveries in the order of the rows, whichever batch is answered first', async () => {
    const told: number[] = [];
    let sent = 0;
    const { add, finish } = createBatches(
      async (batch) => {
        sent += 1;
        await new Promise((resolve) => setTimeout(resolve, sent === 1 ? 20 : 1));
        return allAccepted(batch.length);
      },
      () => {},
      { eventsPerBatch: 1, inFlight: 3 },
    );
    for (const row of [1, 2, 3, 4]) await add({ events: events(1), delivered: () => told.push(row) });
    await finish();
    expect(told).toEqual([1, 2, 3, 4]);
  });

  it('tells the row whose event was refused', async () => {
    const told: (readonly string[])[] = [];
    const { add, finish } = createBatches(
      async () => ({ accepted: 3, duplicates: 0, differing: 0, rejected: new Map([[2, 'no']]) }),
      () => {},
    );
    for (const size of [2, 2])
      await add({ events: events(size), delivered: (rejected) => told.push(rejected) });
    await finish();
    expect(told).toEqual([[], ['no']]);
  });

  it('fails when a batch fails, after telling of those before it', async () => {
    const told: number[] = [];
    const { add, finish } = createBatches(
      async (batch) => {
        if (batch.length === 2) throw new Error('away');
        return allAccepted(batch.length);
      },
      () => {},
      { eventsPerBatch: 2, inFlight: 4 },
    );
    await add({ events: events(1), delivered: () => told.push(1) });
    await add({ events: events(2), delivered: () => told.push(2) });
    await expect(finish()).rejects.toThrow('away');
    expect(told).toEqual([1]);
  });
});
