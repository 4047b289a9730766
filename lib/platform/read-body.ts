import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Incoming } from './answer';
import { AppError } from './errors';

const tooLarge = (maxBytes: number) =>
  new AppError(
    'too_large',
    `The body is larger than ${maxBytes / 1024 / 1024} MiB. Send it in several requests.`,
  );

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
  const bytes = await collect(encoding === 'gzip' ? unzip(body) : body, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('bad_request', 'The body is not UTF-8.');
  }
}

function unzip(body: AsyncIterable<Uint8Array>): Transform {
  const unzipped = createGunzip();
  // Not `pipe`: the error of a sender who goes away would be nobody's, and end the process.
  pipeline(Readable.from(body), unzipped, () => {});
  return unzipped;
}

async function collect(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      parts.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad_request', 'The body ended too soon or is not valid gzip.');
  }
  return Buffer.concat(parts);
}
