import { type ClockStanding, TOLERANCE_MS } from './clock-judge';
import type { Tx } from './db';

/** After a rest of so long, in ms, another run begins. */
const REST_MS = 600_000;
/** The end of a run is kept to this, in ms: telling the time must not cost a write each time. */
const STEP_MS = 30_000;

type Run = { number: number; firstAt: Date; lastAt: Date };
type Next = 'the same' | 'another' | 'set back';

/**
 * Writes down that Gait runs at this time. So a clock that was set back is seen, whoever had seen it ahead, and whatever was stopped
 * meanwhile.
 */
export async function noteRun(tx: Tx, before: ClockStanding | null, found: ClockStanding): Promise<void> {
  const now = new Date(found.database);
  const latest = await tx.clockRun.findFirst({ orderBy: { number: 'desc' } });
  const next = latest ? nextOf(latest, before, found) : 'another';
  if (latest && next === 'the same') return extend(tx, latest, now);
  await tx.clockRun.createMany({
    data: [
      {
        number: (latest?.number ?? 0) + 1,
        firstAt: now,
        lastAt: now,
        // What an earlier version wrote is looked at once.
        isMendingDue: latest === null || next === 'set back',
        ...(next === 'set back' && latest && { setBackFrom: latest.lastAt }),
      },
    ],
    // Another process has seen the same.
    skipDuplicates: true,
  });
}

function nextOf({ lastAt }: Run, before: ClockStanding | null, found: ClockStanding): Next {
  const later = found.database - lastAt.getTime();
  if (later < -TOLERANCE_MS) return 'set back';
  const hasPassed = before && found.isContinuous && before.database - lastAt.getTime() <= REST_MS;
  return later > REST_MS && !hasPassed ? 'another' : 'the same';
}

async function extend(tx: Tx, { number, lastAt }: Run, now: Date): Promise<void> {
  if (now.getTime() - lastAt.getTime() <= STEP_MS) return;
  await tx.clockRun.updateMany({ where: { number, lastAt: { lt: now } }, data: { lastAt: now } });
}

/** The time that a clock was set back to, and whether what it had said before was false. */
export type SetBack = {
  number: number;
  /** Null for what an earlier version wrote: nobody kept down how the clock went. */
  from: Date | null;
  /**
   * Whether time goes on where an earlier run had ended: then what came between was ahead. Where it lies within a run instead, it may be
   * now that the clock is behind. Null where nobody knows.
   */
  wasAhead: boolean | null;
};

/** What is still to be mended; null when nothing is. */
export async function findSetBack(tx: Tx): Promise<SetBack | null> {
  const [current, ...earlier] = await tx.clockRun.findMany({ orderBy: { number: 'desc' } });
  if (!current?.isMendingDue) return null;
  const { number, setBackFrom: from, firstAt } = current;
  const last = earlier.find((run) => run.firstAt <= firstAt);
  const wasAhead =
    from === null ? null : last !== undefined && last.lastAt.getTime() <= firstAt.getTime() + TOLERANCE_MS;
  return { number, from, wasAhead };
}

export async function noteMended(tx: Tx, { number }: SetBack): Promise<void> {
  await tx.clockRun.updateMany({ where: { number: { lte: number } }, data: { isMendingDue: false } });
}
