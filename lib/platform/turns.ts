import { setImmediate as nextCheck } from 'node:timers';

/** How long one request may compute before others have their turn, in ms. */
const SLICE_MS = 10;

const waiting: (() => void)[] = [];

function wakeOne(): void {
  waiting.shift()?.();
  if (waiting.length > 0) nextCheck(wakeOne);
}

/** Lets the event loop turn. However many wait, one goes on a turn: together they would hold it up as one would alone. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) nextCheck(wakeOne);
  });
}

/** `items.map(one)` in slices, so that the event loop turns in between. */
export async function mapInTurns<T, U>(items: Iterable<T>, one: (item: T, index: number) => U): Promise<U[]> {
  const results: U[] = [];
  let began = performance.now();
  for (const item of items) {
    if (performance.now() - began > SLICE_MS) {
      await nextTurn();
      began = performance.now();
    }
    results.push(one(item, results.length));
  }
  return results;
}
