import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, type Pack, pack } from 'tar-stream';
import { cannotRead } from '@/lib/importing/tables/cannot-read';
import { AppError, isAppError, messageOf, systemCode } from '@/lib/platform/errors';
import { whyUnwritable } from '@/lib/platform/unwritable';

/** The most that one part may be when it is read: Gait writes parts of 4 MiB, and a header of some kilobytes. */
const MOST_BYTES = 64 * 1024 * 1024;

export type Part = { name: string; body: Buffer };

/** Writes the parts into a file that only its owner may read; under its name it is there whole, on the disk, or not at all. */
export async function writeArchive(
  file: string,
  parts: AsyncIterable<Part>,
  signal: AbortSignal,
): Promise<void> {
  const draft = `${file}.${process.pid}.part`;
  await refuseTaken(file);
  const tar = pack();
  try {
    // What fails here ends the writing, with its reason.
    void fill(tar, parts).catch((error: unknown) => tar.destroy(toError(error)));
    const out = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(tar, createGzip(), out, { signal });
    await rename(draft, file);
    await settle(dirname(file));
  } catch (error) {
    await rm(draft, { force: true });
    if (signal.aborted)
      throw new AppError('unavailable', 'Stopped: no backup was written.', { cause: error });
    if (!isOfSystem(error)) throw error;
    const reason = whyUnwritable(error, 'its folder is not there');
    throw new AppError('unavailable', `${file} cannot be written: ${reason}.`, { cause: error });
  }
}

async function fill(tar: Pack, parts: AsyncIterable<Part>): Promise<void> {
  for await (const { name, body } of parts)
    await new Promise<void>((resolve, reject) => {
      const entry = tar.entry({ name, size: body.length, mode: 0o600 }, (error) =>
        error ? reject(error) : resolve(),
      );
      entry.end(body);
    });
  tar.finalize();
}

/** Of the file itself, and not of what is in it. */
const isOfSystem = (error: unknown): boolean => /^E[A-Z]+$/.test(systemCode(error) ?? '');

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(messageOf(error)));

async function refuseTaken(file: string): Promise<void> {
  const taken: FileHandle | null = await open(file).catch(() => null);
  if (taken === null) return;
  await taken.close();
  throw new AppError('bad_request', `${file} is there already: name another file, or remove it.`);
}

/** Sees to it that the file's name is on the disk, too. */
async function settle(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

/** @throws invalid where it is no archive, or ends too early */
export async function* readArchive(file: string): AsyncGenerator<Part> {
  const source = createReadStream(file);
  const tar = extract();
  const reading = pipeline(source, createGunzip(), tar);
  // Whoever waits for the next part hears of it.
  reading.catch(() => {});
  try {
    for await (const entry of tar) {
      const { name, size = 0 } = entry.header;
      if (size > MOST_BYTES) throw new Error('a part is too large');
      yield { name, body: await buffer(entry) };
    }
    await reading;
  } catch (error) {
    if (isAppError(error)) throw error;
    if (isOfSystem(error)) throw cannotRead(file, error);
    throw damaged(file, messageOf(error), error);
  } finally {
    source.destroy();
  }
}

export function damaged(file: string, why: string, cause?: unknown): AppError {
  return new AppError(
    'unavailable',
    `${file} is not a whole backup of Gait (${why}). Nothing was restored from it.`,
    { cause },
  );
}
