import { AppError } from '@/lib/platform/errors';
import { MOST_RESPONSE_BYTES } from './protocol';

/** Base64 makes four bytes of three, and a form escapes some of them. */
const MOST_POSTED_BYTES = 2 * MOST_RESPONSE_BYTES;
const MOST_RELAY_STATE = 1_000;
/** Providers send two. */
const MOST_FIELDS = 20;

/** Reads the form that a provider lets the browser post, and no more of it than there can be. */
export async function readPosted(request: Request): Promise<{ response: string; relayState: string }> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw refused('it is no form');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_POSTED_BYTES) throw refused('it is too large');
    chunks.push(chunk);
  }
  const posted = Buffer.concat(chunks).toString('utf8');
  if (posted.split('&', MOST_FIELDS + 1).length > MOST_FIELDS) throw refused('it has too many fields');
  const form = new URLSearchParams(posted);
  if (form.getAll('SAMLResponse').length !== 1 || form.getAll('RelayState').length > 1)
    throw refused('it does not hold exactly one SAMLResponse');
  return {
    response: form.get('SAMLResponse') ?? '',
    relayState: (form.get('RelayState') ?? '').slice(0, MOST_RELAY_STATE),
  };
}

function refused(reason: string): AppError {
  return new AppError('unauthenticated', `What was posted is refused: ${reason}.`);
}
