import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Incoming } from './answer';
import { AppError } from './errors';
import { nextTurn } from './turns';

/** A zipped body may become so many times larger. Events that differ in their ids alone become sixty times larger. */
const MAX_RATIO = 250;
/** What is small when unzipped may have become so by any ratio. */
const RATIO_FROM_BYTES = 1024 * 1024;
/** So many bytes may be gathered at once, over all requests of a process: most bodies take a moment, some are made to take minutes. */
const MAX_HELD_BYTES = 128 * 1024 * 1024;
let heldBytes = 0;

/** To read so much takes a slice of time by itself. */
const LARGE_BYTES = 256 * 1024;

const tooLarge = (maxBytes: number) =>
  new AppError(
    'too_large',
    `The body is larger than ${maxBytes / 1024 / 1024} MiB. Send it in several requests.`,
  );

const tooBusy = () =>
  new AppError('overloaded', 'Too many bodies are being read. Try again shortly.', { retryAfterSeconds: 1 });

/** The body as text: unzipped where the request says so, and refused once it is larger than allowed. */
export async function readBody({ header, body }: Incoming, maxBytes: number): Promise<string> {
  const declared = Number(header('content-length') ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  const encoding = header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new AppError(
      'unsupported_media',
      `Content-Encoding ${encoding} is not read here; send gzip or none.`,
    );
  }
  const charset = /;\s*charset="?([^";]+)/i
    .exec(header('content-type') ?? '')?.[1]
    ?.trim()
    .toLowerCase();
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')
    throw new AppError('unsupported_media', `The charset ${charset} is not read here; send UTF-8.`);
  if (!body) return '';
  const bytes = await (encoding === 'gzip' ? unzipped(body, maxBytes) : collect(body, maxBytes));
  if (bytes.byteLength > LARGE_BYTES) await nextTurn();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('bad_request', 'The body is not UTF-8.');
  }
}

/** zlib works in threads of its own, so that the event loop turns meanwhile. */
function unzipped(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  let zipped = 0;
  let size = 0;
  async function* counted() {
    for await (const chunk of body) {
      zipped += chunk.byteLength;
      // Blocks may hold nothing, without end.
      if (zipped > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  }
  const unzip = createGunzip();
  // Not `pipe`: the error of a sender who goes away would be nobody's, and end the process.
  pipeline(Readable.from(counted()), unzip as Transform, () => {});
  return collect(unzip, maxBytes, (chunk) => {
    size += chunk.byteLength;
    if (size > RATIO_FROM_BYTES && size > MAX_RATIO * zipped)
      throw new AppError(
        'too_large',
        `The body becomes more than ${MAX_RATIO} times larger when it is unzipped.`,
      );
  });
}

async function collect(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  look: (chunk: Uint8Array) => void = () => {},
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      heldBytes += chunk.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      if (heldBytes > MAX_HELD_BYTES) throw tooBusy();
      look(chunk);
      parts.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad_request', 'The body ended too soon or is not valid gzip.');
  } finally {
    heldBytes -= size;
  }
  return Buffer.concat(parts);
}
