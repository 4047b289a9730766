import { isDatabaseAway } from './db-errors';
import { logger } from './logger';

export type Repeating = { stop(): Promise<void> };

/** Does something every so many ms, one after the other, until stopped. What fails is in the log, and is done again at its next turn. */
export function repeat(everyMs: number, name: string, work: () => Promise<unknown>): Repeating {
  let stopped = false;
  let wake = () => {};
  const run = async () => {
    while (!stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (stopped) return;
      try {
        await work();
      } catch (error) {
        if (!isDatabaseAway(error)) logger().warn({ err: error }, `${name} failed`);
      }
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}
