import { z } from 'zod';
import { instantOf } from '@/lib/domain/rfc3339';
import { refusedFields } from '@/lib/platform/errors';
import { EARLIEST } from './schema';

/** A date and a time (UTC) as a browser's field sends them, in ms since 1970; undefined when the field was left empty. */
export const typedTime = z
  .string()
  .trim()
  .optional()
  .transform((text, { addIssue }) => {
    if (!text) return undefined;
    const at = instantOf(`${/T\d\d:\d\d$/.test(text) ? `${text}:00` : text}Z`);
    if (at !== null && at >= EARLIEST) return at;
    addIssue(at === null ? 'Give a date and a time.' : 'Give a day of this century.');
    return z.NEVER;
  });

/** What a person says has happened, has happened: unlike a machine's clock, their word may not run ahead. */
export function refuseFuture(at: number | undefined, now: number): void {
  if (at !== undefined && at > now) throw refusedFields({ at: ['This time has not come yet (UTC).'] });
}
