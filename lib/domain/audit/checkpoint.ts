import { bytesOf, readNote, type SignedNote } from './signed-note';

/** The head of a log at one size, as a signed note: https://c2sp.org/tlog-checkpoint. */
export type Checkpoint = {
  readonly note: string;
  readonly signed: SignedNote;
  /** Names the log; first line of the text. */
  readonly origin: string;
  readonly size: number;
  /** Root of the Merkle tree over the first `size` entries, 32 bytes. */
  readonly root: Buffer;
  /** How many losses of entries had been acknowledged when it was signed; see `Loss`. */
  readonly losses: number;
};

/** The name of an organisation's log. Key names and origins bear neither blanks nor plus signs; an id has none. */
export function originOf(orgId: string): string {
  return `gait/${orgId}`;
}

/** @param losses how many losses were acknowledged; said in a line of its own (an extension line) where there are any */
export function checkpointText(origin: string, size: number, root: Buffer, losses = 0): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n${losses > 0 ? `losses ${losses}\n` : ''}`;
}

/** Reads a checkpoint without believing it; null when it is none. Other lines after the root are ignored. */
export function readCheckpoint(note: string): Checkpoint | null {
  const signed = readNote(note);
  const [origin, sizeText, rootText, ...more] = signed?.text.split('\n') ?? [];
  const root = bytesOf(rootText);
  if (!signed || !origin || !sizeText || !/^(0|[1-9]\d{0,15})$/.test(sizeText) || root?.length !== 32)
    return null;
  const losses = Number(more.map((line) => /^losses ([1-9]\d{0,5})$/.exec(line)?.[1]).find(Boolean) ?? 0);
  return { note, signed, origin, size: Number(sizeText), root, losses };
}

/** All notes of a text in which they stand one after the other, as in a file that they are appended to; not yet read. */
export function notesIn(text: string): string[] {
  return text.replaceAll('\r\n', '\n').match(/^\S.*\n\d+\n\S+\n(?:\S.*\n)*\n(?:— .*\n)+/gm) ?? [];
}

/** All checkpoints of such a text. */
export function readCheckpoints(text: string): Checkpoint[] {
  return notesIn(text)
    .map(readCheckpoint)
    .filter((checkpoint) => checkpoint !== null);
}
