import { open } from 'node:fs/promises';
import { type Checkpoint, readCheckpoint, readCheckpoints } from '@/lib/domain/audit/checkpoint';
import { env } from '@/lib/platform/env';
import { systemCode } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';

/** Read at a time; and how much of what was read before is read again, longer than any checkpoint: its end may have been missing. */
const CHUNK = 1 << 22;
const OVERLAP = 4_096;

/** What was read of a file so far: its checkpoints by log, each once. */
type Read = { path: string; inode: number; offset: number; notes: Map<string, Map<string, string>> };

let reading: Promise<Read | undefined> = Promise.resolve(undefined);

/** All checkpoints of one log in AUDIT_CHECKPOINT_FILE. Only what is new in the file since the last time is read. */
export async function checkpointsInFile(origin: string): Promise<Checkpoint[]> {
  const { AUDIT_CHECKPOINT_FILE: path } = env();
  if (path === undefined) return [];
  // One after the other: each goes on where the one before it ended.
  reading = reading.then((before) => tryReadOn(path, before?.path === path ? before : undefined));
  const notes = (await reading)?.notes.get(origin)?.values() ?? [];
  return [...notes].map(readCheckpoint).filter((checkpoint) => checkpoint !== null);
}

async function tryReadOn(path: string, before: Read | undefined): Promise<Read | undefined> {
  try {
    return await readOn(path, before);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT')
      logger().warn({ err: error, file: path }, 'The audit log cannot be compared with its checkpoint file.');
    return undefined;
  }
}

async function readOn(path: string, before: Read | undefined): Promise<Read> {
  const file = await open(path, 'r');
  try {
    const { ino, size } = await file.stat();
    const isSame = before !== undefined && before.inode === ino && before.offset <= size;
    const read: Read = isSame ? before : { path, inode: ino, offset: 0, notes: new Map() };
    const buffer = Buffer.alloc(Math.min(CHUNK + OVERLAP, size));
    while (read.offset < size) {
      const from = Math.max(0, read.offset - OVERLAP);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
      if (from + bytesRead <= read.offset) break;
      read.offset = from + bytesRead;
      for (const checkpoint of readCheckpoints(buffer.toString('utf8', 0, bytesRead))) keep(read, checkpoint);
    }
    return read;
  } finally {
    await file.close();
  }
}

/** One that was read to its end takes the place of the same one, cut off. */
function keep({ notes }: Read, { origin, size, losses, root, note }: Checkpoint): void {
  const ofLog = notes.get(origin) ?? new Map<string, string>();
  notes.set(origin, ofLog.set(`${losses} ${size} ${root.toString('base64')}`, note));
}
