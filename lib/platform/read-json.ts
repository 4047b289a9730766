import type { Incoming } from './answer';
import { AppError } from './errors';
import { pieceOf } from './json-text';
import { readBody } from './read-body';

/** How large a JSON body may be: in bytes, in levels, and in values, where arrays and objects may count twice. */
export type JsonBounds = { bytes: number; depth: number; values: number };

/** The body as JSON. It is measured first, since parsing what is too much would keep all others waiting. */
export async function readJson(incoming: Incoming, { bytes, depth, values }: JsonBounds): Promise<unknown> {
  const text = await readBody(incoming, bytes);
  const piece = pieceOf(text, { depth, values });
  if (piece.depth > depth)
    throw new AppError('bad_request', `The body nests more than ${depth} levels deep.`);
  if (piece.values > values)
    throw new AppError('too_large', `The body holds more than ${values.toLocaleString('en')} values.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('bad_request', 'The body is not JSON.');
  }
}
