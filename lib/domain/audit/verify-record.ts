import { z } from 'zod';
import { type Checkpoint, readCheckpoint } from './checkpoint';
import { type ChainEntry, leafHash, NO_HASH } from './entry';
import { lineOf } from './lines';
import { type Loss, lossIn } from './loss';
import { type OutsideFault, outsideCheck } from './outside-check';
import { checkNote, readVerifierKey, type VerifierKey } from './signed-note';
import { appendLeaf, type CompactRange, EMPTY_RANGE, peakCount, treeRoot } from './tree';

/** What is wrong first, where, and in one sentence. `seq` is null where a line is about no single entry. */
export type AuditProblem = {
  readonly code:
    | 'form'
    | 'changed'
    | 'missing'
    | 'out_of_order'
    | 'broken_link'
    | 'other_log'
    | 'wrong_key'
    | 'bad_signature'
    | 'rewritten'
    | 'truncated';
  readonly line: number;
  readonly seq: number | null;
  readonly message: string;
};

export type AuditReport = {
  readonly ok: boolean;
  readonly log: string | null;
  /** Entries read, and the places of the first and the last of them. */
  readonly entries: number;
  readonly from: number;
  readonly to: number;
  readonly checkpoints: number;
  /** The last entry that a signature in the file covers; 0 = none. */
  readonly signedTo: number;
  /** The keys that signatures were checked with, and whether they came from outside the file. */
  readonly keys: readonly string[];
  readonly keysFromOutside: boolean;
  /**
   * Outside checkpoints that agree, and the largest entry that one of them covers; those of entries whose loss was acknowledged; and
   * those that lie before the file begins.
   */
  readonly outside: {
    readonly compared: number;
    readonly upTo: number;
    readonly lost: number;
    readonly older: number;
  };
  /** Losses of entries that the log itself says somebody acknowledged. */
  readonly losses: readonly Loss[];
  /** What may have happened all the same, by what was at hand. */
  readonly notShown: readonly NotShown[];
  readonly problem: AuditProblem | null;
};

/**
 * That later entries were cut off, with their checkpoints; that whoever holds the key rewrote the log; that somebody rewrote it and
 * signed it with keys of their own.
 */
export type NotShown = 'cut_off' | 'rewritten_with_the_key' | 'rewritten_with_new_keys';

export type Expectations = {
  /** Keys known from elsewhere; empty: the file's own are taken, which proves less. */
  readonly keys?: readonly VerifierKey[];
  /** Checkpoints kept outside of the database. */
  readonly outside?: readonly Checkpoint[];
};

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const place = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const headSchema = z.strictObject({
  gait: z.literal('audit'),
  v: z.literal(1),
  log: z.string(),
  keys: z.array(z.string()),
  start: z.strictObject({ size: place, prev: hex, peaks: z.array(hex) }),
});
const noteSchema = z.strictObject({ checkpoint: z.string() });
const endSchema = z.strictObject({ end: z.strictObject({ size: place, hash: hex }) });

export type RecordVerifier = {
  /** Reads the next line, without its line feed. @returns the first problem, after which nothing more need be read */
  take(text: string): AuditProblem | null;
  /** After the last line. `isWhole`: whether the file ended with a line feed. */
  finish(isWhole: boolean): AuditReport;
};

/** Reads an exported record line by line, and finds the first place at which it is not what was written. */
export function verifyRecord({ keys: trusted = [], outside = [] }: Expectations = {}): RecordVerifier {
  let line = 0;
  let log: string | null = null;
  let keys: readonly VerifierKey[] = trusted;
  let tree: CompactRange = EMPTY_RANGE;
  let start = 0;
  let last = NO_HASH;
  let ended = false;
  let problem: AuditProblem | null = null;
  let checkpoints = 0;
  let signedTo = 0;
  /** The largest size at which a checkpoint of the file agreed. */
  let agreed = 0;
  const losses: Loss[] = [];
  /** Acknowledged before the file begins: whatever was signed before them of a longer log was lost. */
  const earlier: Loss[] = [];
  const check = outsideCheck<AuditProblem>(outside, () => keys);

  const wrong = (code: AuditProblem['code'], message: string, seq: number | null = null): AuditProblem => ({
    code,
    line,
    seq,
    message,
  });

  function takeHead(text: string): AuditProblem | null {
    const head = headSchema.safeParse(parsed(text)).data;
    if (head === undefined || lineOf(head) !== text)
      return wrong('form', 'The first line is not the head of an exported record, or was changed.');
    const own = head.keys.map(readVerifierKey);
    if (own.some((key) => key === null || key.name !== head.log))
      return wrong('form', 'The head names a key that is none, or is not of this log.');
    if (trusted.length === 0) keys = own.filter((key) => key !== null);
    const { size, prev, peaks } = head.start;
    if (peaks.length !== (size === 0 ? 0 : peakCount(size)) || (size === 0 && prev !== NO_HASH))
      return wrong('form', 'The head says of where the file begins what cannot be.');
    log = head.log;
    start = size;
    last = prev;
    tree = { size, peaks: peaks.map((peak) => Buffer.from(peak, 'hex')) };
    check.skipBefore(start);
    compareOutside();
    return null;
  }

  function takeEntry(text: string): AuditProblem | null {
    const expected = tree.size + 1;
    // Until a checkpoint at the start has been read, nobody has said that the file may begin here.
    if (start > 0 && agreed < start)
      return wrong('form', `The file begins after entry ${start}, without the checkpoint of that place.`);
    const { canonical, hash } = entryIn(text);
    const leaf = leafHash(canonical);
    if (leaf.toString('hex') !== hash)
      return wrong(
        'changed',
        `Entry ${expected} was changed: it does not have the hash beside it.`,
        expected,
      );
    // These very bytes were hashed, so whoever wrote them wrote JSON.
    const entry = parsed(canonical) as ChainEntry | undefined;
    if (entry?.seq !== expected) return misplaced(entry?.seq, expected);
    if (entry.v !== 1 || `gait/${entry.org}` !== log)
      return wrong('other_log', `Entry ${expected} belongs to another record.`, expected);
    if (entry.prev !== last)
      return wrong(
        'broken_link',
        `Entry ${expected} follows another entry ${expected - 1} than the one before it: one of the two was changed.`,
        expected,
      );
    tree = appendLeaf(tree, leaf);
    last = hash;
    const loss = lossIn(entry);
    if (loss !== null) losses.push(loss);
    compareOutside();
    return null;
  }

  function misplaced(seq: unknown, expected: number): AuditProblem {
    return typeof seq === 'number' && seq > expected
      ? wrong('missing', `Entry ${expected} is missing here: entry ${seq} stands in its place.`, expected)
      : wrong('out_of_order', `Entry ${expected} should stand here; entry ${String(seq)} does.`, expected);
  }

  function takeCheckpoint(note: string): AuditProblem | null {
    const checkpoint = readCheckpoint(note);
    if (checkpoint === null) return wrong('form', 'A checkpoint here is none: it was changed.');
    if (checkpoint.origin !== log) return wrong('other_log', 'A checkpoint here is that of another record.');
    const { size, root } = checkpoint;
    const verdict = checkNote(checkpoint.signed, keys);
    if (verdict === 'forged')
      return wrong('bad_signature', `The signature of the checkpoint of size ${size} does not hold.`);
    if (verdict === 'unknown')
      return wrong('wrong_key', `The checkpoint of size ${size} is signed by none of the keys.`);
    if (size !== tree.size)
      return wrong('out_of_order', `A checkpoint of size ${size} stands after entry ${tree.size}.`);
    if (!root.equals(treeRoot(tree))) return rewritten(size, agreed, 'in the file');
    if (size === start && checkpoint.losses > 0)
      earlier.push({
        number: checkpoint.losses,
        agreedUpTo: start,
        signedUpTo: Number.MAX_SAFE_INTEGER,
      });
    checkpoints += 1;
    agreed = size;
    signedTo = size;
    return null;
  }

  /** Checkpoints from outside are compared as soon as the file has come to their size. */
  function compareOutside(): void {
    check.at(tree.size, () => treeRoot(tree), ofOutside);
  }

  function ofOutside({ code, checkpoint: { size }, agreedAt }: OutsideFault): AuditProblem {
    if (code === 'rewritten') return rewritten(size, agreedAt, 'from outside');
    return code === 'bad_signature'
      ? wrong(code, `The signature of the outside checkpoint of size ${size} does not hold.`)
      : wrong(code, `The outside checkpoint of size ${size} is signed by none of the keys.`);
  }

  function rewritten(size: number, agreedAt: number, whence: string): AuditProblem {
    const from = Math.max(agreedAt, start) + 1;
    const where =
      agreedAt > start
        ? `it agrees with the one of size ${agreedAt}, so something from entry ${from} to ${size} was rewritten`
        : `something from entry ${from} to ${size} was rewritten`;
    return wrong(
      'rewritten',
      `The record differs from the checkpoint of size ${size} ${whence}: ${where}.`,
      from,
    );
  }

  function takeEnd({ end }: z.infer<typeof endSchema>, text: string): AuditProblem | null {
    if (lineOf({ end }) !== text) return wrong('form', 'The last line was changed.');
    if (end.size !== tree.size || end.hash !== last)
      return wrong(
        'missing',
        `The file says that it ends with entry ${end.size}; it ends with ${tree.size}.`,
        tree.size + 1,
      );
    ended = true;
    return null;
  }

  function takeLine(text: string): AuditProblem | null {
    if (line === 1) return takeHead(text);
    if (ended) return wrong('form', 'Something stands behind the end.');
    if (text.startsWith(ENTRY)) return takeEntry(text);
    const value = parsed(text);
    const note = noteSchema.safeParse(value).data;
    if (note !== undefined && lineOf(note) === text) return takeCheckpoint(note.checkpoint);
    const end = endSchema.safeParse(value).data;
    if (end !== undefined) return takeEnd(end, text);
    return wrong(
      'form',
      `After entry ${tree.size} stands a line that is none of this record.`,
      tree.size + 1,
    );
  }

  function atEnd(isWhole: boolean): AuditProblem | null {
    if (line === 0) return wrong('truncated', 'The file is empty.');
    const { beyond } = check.atEnd([...earlier, ...losses]);
    const cut = beyond
      ? `Cut off: it ends with entry ${tree.size}, but the checkpoint of size ${beyond.size} from outside was signed.`
      : `Cut off after entry ${tree.size}: the end is missing.`;
    return beyond || !ended || !isWhole ? wrong('truncated', cut, tree.size + 1) : null;
  }

  return {
    take(text) {
      if (problem !== null) return problem;
      line += 1;
      problem = takeLine(text);
      return problem;
    },
    finish(isWhole) {
      const acknowledged = [...earlier, ...losses];
      problem = check.atEnd(acknowledged).fault ?? problem ?? atEnd(isWhole);
      const { compared, upTo, lost } = check.counts(acknowledged);
      return {
        ok: problem === null,
        log,
        entries: tree.size - start,
        from: start + 1,
        to: tree.size,
        checkpoints,
        signedTo,
        keys: keys.map(({ text }) => text),
        keysFromOutside: trusted.length > 0,
        outside: { compared, upTo, lost, older: outside.filter(({ size }) => size < start).length },
        losses,
        notShown: notShown(trusted.length > 0, compared),
        problem,
      };
    },
  };
}

function notShown(keysFromOutside: boolean, compared: number): NotShown[] {
  if (compared > 0) return ['cut_off'];
  return ['cut_off', keysFromOutside ? 'rewritten_with_the_key' : 'rewritten_with_new_keys'];
}

const ENTRY = '{"entry":';
const HASH = ',"hash":"';
const HEX_LENGTH = 64;

/**
 * The canonical text of an entry as it stands in its line, and the hash beside it. It is neither parsed nor made canonical again:
 * it is right if its bytes have the hash, which costs a third.
 */
function entryIn(text: string): { canonical: string; hash: string | null } {
  const end = text.length - HASH.length - HEX_LENGTH - 2;
  const isWhole = end > ENTRY.length && text.startsWith(HASH, end) && text.endsWith('"}');
  return { canonical: text.slice(ENTRY.length, end), hash: isWhole ? text.slice(-HEX_LENGTH - 2, -2) : null };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
