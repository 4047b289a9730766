import { z } from 'zod';
import { AppError } from './errors';

/** A place in a list ordered by time and then by what tells rows of one instant apart, mostly their ref. */
export type Cursor<Ref = string> = { at: Date; ref: Ref };

export function encodeCursor<Ref>({ at, ref }: Cursor<Ref>): string {
  return Buffer.from(JSON.stringify([at.getTime(), ref])).toString('base64url');
}

/** The last instant a date can hold, in ms. */
const MAX_TIME = 8.64e15;
const time = z.number().int().min(-MAX_TIME).max(MAX_TIME);

/** A text that the database takes: any without NUL. */
export const refText = z.string().refine((text) => !text.includes('\u0000'));

/** Reads a cursor that came from outside. */
export function decodeCursor(text: string): Cursor;
export function decodeCursor<Ref>(text: string, refSchema: z.ZodType<Ref>): Cursor<Ref>;
export function decodeCursor(text: string, refSchema: z.ZodType = refText): Cursor<unknown> {
  try {
    const [at, ref] = z
      .tuple([time, refSchema])
      .parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { at: new Date(at), ref };
  } catch {
    throw new AppError('bad_request', 'This cursor is not one that Gait gave out. Begin again without it.');
  }
}
