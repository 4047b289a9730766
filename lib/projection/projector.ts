import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@/lib/platform/clock';
import { clockTrouble } from '@/lib/platform/clock-watch';
import { isDatabaseAway } from '@/lib/platform/db-errors';
import { logger } from '@/lib/platform/logger';
import { onNudge, untilCalm } from '@/lib/platform/nudge';
import { logDueMoves } from './log-moves';
import { advanceDueLanes } from './project-lanes';
import { projectTasks } from './project-tasks';

/** How often an idle projector looks for the work of other processes, in ms: an event is on the dashboard within a second. */
const LOOK_EVERY_MS = 400;
/** How long it waits after a failure, in ms: at first, and at most. */
const BACK_OFF_MS = 250;
const BACK_OFF_MAX_MS = 10_000;
/**
 * Before it begins, it lets a burst of evidence pass, in ms: what comes in together is folded together, which costs
 * hardly more than one event alone, and what is still arriving comes first.
 */
const CALM_MS = 25;
const CALM_MOST_MS = 500;
/** While tasks keep coming, lanes are advanced no sooner than this (ms) after the last time, and take a fifth of the time at most. */
const LANES_NO_SOONER_MS = 500;
const LANES_SHARE = 5;

/**
 * Does all the work there is: tasks first, so that a lane advances once over many. While the time is in doubt, evidence is folded all the
 * same, and matures by the earlier time. @returns what was done
 */
export async function projectAll(
  clock: Clock,
  onProgress: () => void = () => {},
): Promise<{ work: number; lanes: number }> {
  const total = { work: 0, lanes: 0 };
  let lanesTookMs = 0;
  // A clock that was compared is never ahead of what that found.
  await clockTrouble(clock);
  for (;;) {
    const until = clock.now().getTime() + Math.max(LANES_NO_SOONER_MS, LANES_SHARE * lanesTookMs);
    const work = await projectTasksUntil(clock, until);
    const began = clock.now().getTime();
    let lanes = 0;
    for (let done = await advanceDueLanes(clock); done > 0; done = await advanceDueLanes(clock))
      lanes += done;
    lanesTookMs = clock.now().getTime() - began;
    for (let done = await logDueMoves(clock); done > 0; done = await logDueMoves(clock));
    if (work === 0 && lanes === 0) return total;
    total.work += work;
    total.lanes += lanes;
    onProgress();
  }
}

/** @param until ms since 1970; a batch that has begun is finished */
async function projectTasksUntil(clock: Clock, until: number): Promise<number> {
  let work = 0;
  for (;;) {
    const done = await projectTasks(clock);
    work += done;
    if (done === 0 || clock.now().getTime() >= until) return work;
  }
}

/** Runs in every server process until stopped; several share the work. Survives a lost database. */
export function startProjector(clock: Clock): { stop(): Promise<void> } {
  let stopped = false;
  let wake = () => {};
  let isNudged = false;
  onNudge(() => {
    isNudged = true;
    wake();
  });

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    let backOff = BACK_OFF_MS;
    while (!stopped) {
      isNudged = false;
      try {
        await untilCalm(CALM_MS, CALM_MOST_MS);
        await projectAll(clock);
        backOff = BACK_OFF_MS;
        if (!isNudged && !stopped) await pause(LOOK_EVERY_MS);
      } catch (error) {
        const isAway = isDatabaseAway(error);
        logger().warn(
          { err: error, retryInMs: backOff },
          isAway ? 'projector: the database is away' : 'projector failed',
        );
        await sleep(backOff);
        backOff = Math.min(BACK_OFF_MAX_MS, backOff * 2);
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
