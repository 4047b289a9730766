import type { Clock } from '@/lib/platform/clock';
import { clockTrouble } from '@/lib/platform/clock-watch';
import { type Repeating, repeat } from '@/lib/platform/repeat';
import { mendTimes } from './mutations/mend';

/** How often a process compares its clock with the database's, in ms. */
const LOOK_EVERY_MS = 5_000;

/** Compares the clocks and, where one was ahead and is right again, mends what it left behind. */
export async function keepTime(clock: Clock): Promise<void> {
  if ((await clockTrouble(clock)) === null) await mendTimes(clock);
}

/** Runs in every server process until stopped. */
export function startTimeKeeper(clock: Clock): Repeating {
  return repeat(LOOK_EVERY_MS, 'the time keeper', () => keepTime(clock));
}
