import { type Clock, isMachineClock, type MachineClock } from './clock';
import {
  type ClockReading,
  type ClockTrouble,
  judgeClocks,
  TOLERANCE_MS,
  troubleInWords,
} from './clock-judge';
import { noteRun } from './clock-runs';
import { inWorkList, type Tx } from './db';
import { logger } from './logger';

/** A comparison is good for so long, in ms; not when the clock has jumped since. */
const FRESH_MS = 5_000;
/** An answer that takes longer, in ms, is asked for again, so often at most. */
const SLOW_MS = 2_000;
const TRIES = 3;

const underWay = new WeakMap<MachineClock, Promise<void>>();

/** Compares a machine's clock with the database's, unless that was done just now. @returns why the time is in doubt; null when it is not */
export async function clockTrouble(clock: Clock): Promise<ClockTrouble | null> {
  if (!isMachineClock(clock)) return null;
  const { found, machine } = clock;
  const isFresh =
    found && machine.elapsed() - found.elapsed < FRESH_MS && Math.abs(clock.drift()) < TOLERANCE_MS / 2;
  if (!isFresh) {
    const comparing = underWay.get(clock) ?? compare(clock).finally(() => underWay.delete(clock));
    underWay.set(clock, comparing);
    await comparing;
  }
  return clock.found?.standing.trouble ?? null;
}

/** What the latest comparison found, in words; null when the time is right. */
export function knownTrouble({ found }: MachineClock): string | null {
  const trouble = found?.standing.trouble;
  return trouble ? troubleInWords(trouble) : null;
}

/**
 * Asked in the transaction of what cannot be undone: whether the clock agrees with the database's at this very moment. A clock that a test
 * or a replay holds in its hand does not have to.
 */
export async function isClockRight(tx: Tx, clock: Clock): Promise<boolean> {
  if (!isMachineClock(clock)) return true;
  if (clock.found?.standing.trouble) return false;
  const { wall, database, roundTrip } = await read(tx, clock);
  return Math.abs(wall - database) <= TOLERANCE_MS + roundTrip / 2;
}

async function compare(clock: MachineClock): Promise<void> {
  const before = clock.found?.standing ?? null;
  await inWorkList(async (tx) => {
    const reading = await read(tx, clock);
    const standing = judgeClocks(before, reading);
    clock.found = { standing, elapsed: clock.machine.elapsed() - reading.roundTrip / 2 };
    if (standing.trouble?.kind !== 'differs')
      await noteRun(tx, before, { ...standing, database: reading.database });
  });
  tell(before?.trouble ?? null, clock.found?.standing.trouble ?? null);
}

/** The database's own time of this moment: `now()` would stand still since the transaction began. */
async function read(tx: Tx, { machine }: MachineClock): Promise<ClockReading> {
  let reading: ClockReading;
  let tries = 0;
  do {
    const began = machine.elapsed();
    const [answer] = await tx.$queryRaw<[{ at: Date }]>`SELECT clock_timestamp() AS at`;
    const roundTrip = machine.elapsed() - began;
    const half = roundTrip / 2;
    reading = {
      wall: machine.wall() - half,
      database: answer.at.getTime(),
      steady: machine.steady() - half,
      roundTrip,
    };
    tries += 1;
  } while (reading.roundTrip > SLOW_MS && tries < TRIES);
  return reading;
}

function tell(before: ClockTrouble | null, now: ClockTrouble | null): void {
  if (before?.kind === now?.kind) return;
  if (now) logger().error({ clock: now }, troubleInWords(now));
  else logger().info('The clock is right again: what rested goes on.');
}
