import type { Checkpoint } from './checkpoint';
import { isLost, type Loss } from './loss';
import { checkNote, type VerifierKey } from './signed-note';

/** What does not agree with one checkpoint from outside. */
export type OutsideFault = {
  readonly code: 'rewritten' | 'bad_signature' | 'wrong_key';
  readonly checkpoint: Checkpoint;
  /** The last size at which one from outside agreed before. */
  readonly agreedAt: number;
};

/** Checkpoints from outside beside a log that is read entry by entry. */
export type OutsideCheck<Noted> = {
  /** Compares those of this size; `note` makes of a fault what is to be said if it stands. */
  at(size: number, root: () => Buffer, note: (fault: OutsideFault) => Noted): void;
  /** The log begins behind this many entries: what is before is not compared. */
  skipBefore(start: number): void;
  /**
   * At the end: the first fault that no acknowledged loss explains; else the largest checkpoint that the log does not reach. What an
   * acknowledgement explains can be known only then, because it stands behind what was lost.
   */
  atEnd(losses: readonly Loss[]): { fault: Noted | null; beyond: Checkpoint | null };
  counts(losses: readonly Loss[]): { compared: number; upTo: number; lost: number };
};

export function outsideCheck<Noted>(
  outside: readonly Checkpoint[],
  keys: () => readonly VerifierKey[],
): OutsideCheck<Noted> {
  const waiting = outside.toSorted((a, b) => b.size - a.size);
  const faults: { checkpoint: Checkpoint; noted: Noted }[] = [];
  let compared = 0;
  let agreedAt = 0;

  function faultOf(checkpoint: Checkpoint, root: Buffer): OutsideFault | null {
    const fault = (code: OutsideFault['code']) => ({ code, checkpoint, agreedAt });
    if (!checkpoint.root.equals(root)) return fault('rewritten');
    const signature = checkNote(checkpoint.signed, keys());
    if (signature === 'forged') return fault('bad_signature');
    return signature === 'unknown' ? fault('wrong_key') : null;
  }

  return {
    at(size, root, note) {
      for (let next = waiting.at(-1); next !== undefined && next.size === size; next = waiting.at(-1)) {
        waiting.pop();
        const fault = faultOf(next, root());
        if (fault !== null) faults.push({ checkpoint: next, noted: note(fault) });
        else {
          compared += 1;
          agreedAt = size;
        }
      }
    },
    skipBefore(start) {
      while ((waiting.at(-1)?.size ?? start) < start) waiting.pop();
    },
    atEnd(losses) {
      return {
        fault: faults.find(({ checkpoint }) => !isLost(checkpoint, losses))?.noted ?? null,
        beyond: waiting.find((checkpoint) => !isLost(checkpoint, losses)) ?? null,
      };
    },
    counts: (losses) => ({
      compared,
      upTo: agreedAt,
      lost: outside.filter((checkpoint) => isLost(checkpoint, losses)).length,
    }),
  };
}
