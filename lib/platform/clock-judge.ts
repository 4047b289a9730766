/** Clocks may differ by so much, in ms: beyond it, one of them is wrong. */
export const TOLERANCE_MS = 60_000;

/** A clock that jumped ahead, and keeps to it for so long, is believed: a machine that was asleep is set right so, too. */
const DOUBT_MS = 3_600_000;

/** What three clocks of one moment say, in ms: the machine's and the database's since 1970, and one that nobody can set. */
export type ClockReading = {
  readonly wall: number;
  readonly database: number;
  readonly steady: number;
  /** How long the database took to answer: so much the reading may be off. */
  readonly roundTrip: number;
};

/** Why the time is in doubt. `ms`: how far the machine is ahead of the database, or by how much both jumped ahead. */
export type ClockTrouble = { readonly kind: 'differs' | 'jumped'; readonly ms: number };

/** What is held to be true since the last reading: at `steady` it was `database`, or earlier. */
export type ClockStanding = {
  readonly database: number;
  readonly steady: number;
  readonly trouble: ClockTrouble | null;
  /** By the steady clock: since when a jump is doubted. */
  readonly doubtedSince: number | null;
  /** Whether all of the time since the reading before has verifiably passed. */
  readonly isContinuous: boolean;
};

/** Compares the clocks with each other, and with what has passed since the reading before. Of two times, the earlier is held to be true. */
export function judgeClocks(before: ClockStanding | null, reading: ClockReading): ClockStanding {
  const { wall, database, steady, roundTrip } = reading;
  const margin = TOLERANCE_MS + roundTrip / 2;
  const expected = before ? before.database + steady - before.steady : database;
  const jump = database - expected;
  const isAhead = jump > margin;
  const ahead = wall - database;
  if (Math.abs(ahead) > margin)
    return {
      database: isAhead ? expected : database,
      steady,
      trouble: { kind: 'differs', ms: ahead },
      doubtedSince: before?.doubtedSince ?? null,
      isContinuous: false,
    };
  const doubtedSince = isAhead ? (before?.doubtedSince ?? steady) : null;
  if (doubtedSince !== null && steady - doubtedSince < DOUBT_MS)
    return {
      database: expected,
      steady,
      trouble: { kind: 'jumped', ms: jump },
      doubtedSince,
      isContinuous: false,
    };
  const isContinuous = before !== null && Math.abs(jump) <= margin;
  return { database, steady, trouble: null, doubtedSince: null, isContinuous };
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function duration(ms: number): string {
  const [name, length] = UNITS.find(([, unit]) => Math.round(ms / unit) >= 2) ?? ['second', 1_000];
  const count = Math.round(ms / length);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** For whoever can set the clock: what is wrong, what does not happen meanwhile, and what to do. */
export function troubleInWords({ kind, ms }: ClockTrouble): string {
  const rests =
    'No report is frozen, no checkpoint of the audit log is signed, and nothing matures or expires';
  const length = duration(Math.abs(ms));
  return kind === 'differs'
    ? `The clock of this server is ${length} ${ms > 0 ? 'ahead of' : 'behind'} the database's. ${rests} until they agree. Set the wrong one right.`
    : `The clock jumped ahead by ${length} while Gait was running. ${rests} until it is set back, or has kept its time for an hour.`;
}
