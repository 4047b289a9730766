import { uptime } from 'node:os';
import { type ClockStanding, TOLERANCE_MS } from './clock-judge';

/** Time is handed in, so that tests and replays can stand anywhere in it. */
export type Clock = { now(): Date };

/** What a machine has to tell the time by, in ms. */
export type Machine = {
  /** Since 1970. Anybody can set it. */
  wall(): number;
  /** Since the machine began. Goes on while it is asleep; nobody can set it. */
  steady(): number;
  /** As `steady`, for asking often; it stands still while the machine is asleep. */
  elapsed(): number;
};

/** A machine's clock, which may be wrong: `lib/platform/clock-watch` compares it with the database's. It is never ahead of what that found. */
export type MachineClock = Clock & {
  readonly machine: Machine;
  /** What the latest comparison found, and when by `elapsed`; null before the first. */
  found: { standing: ClockStanding; elapsed: number } | null;
  /** How far the machine's time is from what the comparison found, in ms. */
  drift(): number;
};

export function machineClock(machine: Machine): MachineClock {
  const clock: MachineClock = {
    machine,
    found: null,
    drift: () => {
      const { found } = clock;
      return found ? machine.wall() - (found.standing.database + machine.elapsed() - found.elapsed) : 0;
    },
    now: () => {
      const drift = clock.drift();
      const wall = machine.wall();
      return new Date(drift > TOLERANCE_MS ? wall - drift : wall);
    },
  };
  return clock;
}

export function isMachineClock(clock: Clock): clock is MachineClock {
  return 'machine' in clock;
}

const KEY = Symbol.for('gait.clock');
const holder = globalThis as typeof globalThis & { [KEY]?: MachineClock };

/** The only place that asks the machine what time it is. The server's bundle and the launcher's bundle meet on the global object. */
holder[KEY] ??= machineClock({
  wall: () => Date.now(),
  steady: () => uptime() * 1_000,
  elapsed: () => performance.now(),
});
export const systemClock: MachineClock = holder[KEY];
