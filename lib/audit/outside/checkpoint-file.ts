import { open, stat } from 'node:fs/promises';
import { type Checkpoint, notesIn, readCheckpoint } from '@/lib/domain/audit/checkpoint';
import { env } from '@/lib/platform/env';
import { systemCode } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';

/** Read at a time; and how much of what was read before is read again, longer than any checkpoint: its end may have been missing. */
const CHUNK = 1 << 18;
const OVERLAP = 4_096;
/** How many of a log's largest checkpoints are remembered: the last may be cut off, or not be signed by who it says. */
const LATEST = 8;

/** What was read of a file so far: of each log, and each number of losses, the largest checkpoints. */
type Read = { path: string; inode: number; offset: number; latest: Map<string, Checkpoint[]> };

let reading: Promise<Read | undefined> = Promise.resolve(undefined);

/** The largest checkpoints of one log in AUDIT_CHECKPOINT_FILE. Only what is new in the file since the last time is read. */
export async function latestInFile(origin: string): Promise<Checkpoint[]> {
  const { AUDIT_CHECKPOINT_FILE: path } = env();
  if (path === undefined) return [];
  // One after the other: each goes on where the one before it ended.
  reading = reading.then((before) => tryReadOn(path, before?.path === path ? before : undefined));
  const latest = (await reading)?.latest.values() ?? [];
  return [...latest].flat().filter((checkpoint) => checkpoint.origin === origin);
}

/** All checkpoints of one log in AUDIT_CHECKPOINT_FILE, in the order in which they stand there, as many at a time as are read at a time. */
export async function* allInFile(origin: string): AsyncGenerator<Checkpoint[]> {
  const { AUDIT_CHECKPOINT_FILE: path } = env();
  if (path === undefined) return;
  try {
    for await (const { notes } of chunksOf(path, 0))
      yield notes
        .map(readCheckpoint)
        .filter((checkpoint) => checkpoint !== null)
        .filter((checkpoint) => checkpoint.origin === origin);
  } catch (error) {
    told(path, error);
  }
}

async function tryReadOn(path: string, before: Read | undefined): Promise<Read | undefined> {
  try {
    const { ino, size } = await stat(path);
    const isSame = before !== undefined && before.inode === ino && before.offset <= size;
    const read: Read = isSame ? before : { path, inode: ino, offset: 0, latest: new Map() };
    for await (const { notes, end } of chunksOf(path, read.offset)) {
      // From the end, where the largest stand: most of the others need not be taken apart.
      for (const note of notes.reverse()) keep(read, note);
      read.offset = end;
    }
    return read;
  } catch (error) {
    told(path, error);
    return undefined;
  }
}

/** A file that is not there yet is no trouble: the first checkpoint makes it. */
function told(path: string, error: unknown): void {
  if (systemCode(error) === undefined) throw error;
  if (systemCode(error) !== 'ENOENT')
    logger().warn({ err: error, file: path }, 'The audit log cannot be compared with its checkpoint file.');
}

/** What stands in the file behind `offset`. Nothing but a file is read: whoever opens a pipe waits for its other end. */
async function* chunksOf(path: string, offset: number): AsyncGenerator<{ notes: string[]; end: number }> {
  if (!(await stat(path)).isFile()) return;
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(CHUNK + OVERLAP);
    for (let end = offset; ; ) {
      const from = Math.max(0, end - OVERLAP);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
      if (from + bytesRead <= end) return;
      end = from + bytesRead;
      yield { notes: notesIn(buffer.toString('utf8', 0, bytesRead)), end };
    }
  } finally {
    await file.close();
  }
}

/** One that is repeated is kept once. */
function keep({ latest }: Read, note: string): void {
  const [origin, size] = note.split('\n', 2);
  const log = `${origin} ${/^losses (\d+)$/m.exec(note)?.[1] ?? 0}`;
  const known = latest.get(log) ?? [];
  if (known.length === LATEST && Number(size) < (known.at(-1)?.size ?? 0)) return;
  const checkpoint = readCheckpoint(note);
  if (checkpoint === null) return;
  const others = known.filter((other) => other.note !== note);
  latest.set(log, [checkpoint, ...others].sort((a, b) => b.size - a.size).slice(0, LATEST));
}
