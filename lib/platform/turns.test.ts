import { expect, it } from 'vitest';
import { mapInTurns, nextTurn } from './turns';

it('lets one go on a turn of the event loop, however many wait', async () => {
  const order: string[] = [];
  const waiting = ['a', 'b', 'c'].map((name) => nextTurn().then(() => order.push(name)));
  for (let turn = 0; turn < 3; turn += 1)
    await new Promise<void>((resolve) =>
      setImmediate(() => {
        order.push(String(turn));
        resolve();
      }),
    );
  await Promise.all(waiting);
  expect(order.join('')).toMatch(/^a.*b.*c/);
  expect(order.join('')).not.toMatch(/ab|bc/);
});

it('maps in order, and lets the event loop turn meanwhile', async () => {
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  const spend = (ms: number) => {
    for (const until = performance.now() + ms; performance.now() < until; );
  };
  const mapped = await mapInTurns([1, 2, 3, 4, 5, 6, 7, 8], (item, index) => {
    spend(15);
    return [item, index];
  });
  clearInterval(counting);
  expect(mapped).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((item, index) => [item, index]));
  expect(turns).toBeGreaterThan(3);
});
