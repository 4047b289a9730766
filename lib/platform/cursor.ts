import { AppError } from './errors';

/** A place in a list ordered by time and then by ref. */
export type Cursor = { at: Date; ref: string };

export function encodeCursor({ at, ref }: Cursor): string {
  return Buffer.from(JSON.stringify([at.getTime(), ref])).toString('base64url');
}

/** The last instant a date can hold, in ms. */
const MAX_TIME = 8.64e15;

/** Reads a cursor that came from outside. */
export function decodeCursor(text: string): Cursor {
  try {
    const [at, ref]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (
      typeof at === 'number' &&
      Math.abs(at) <= MAX_TIME &&
      Number.isInteger(at) &&
      typeof ref === 'string' &&
      !ref.includes('\u0000')
    )
      return { at: new Date(at), ref };
  } catch {
    // falls through to the one answer for every broken cursor
  }
  throw new AppError('bad_request', 'This cursor is not one that Gait gave out. Begin again without it.');
}
