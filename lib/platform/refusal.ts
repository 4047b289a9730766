import type { AppError, ErrorCode } from './errors';
import { logger } from './logger';

/** Refusals that somebody who looks after security wants to read of. */
const NOTED: ReadonlySet<ErrorCode> = new Set([
  'unauthenticated',
  'fresh_sign_in_needed',
  'forbidden',
  'limited',
]);

/** Writes into the log that somebody was not let in, may not do what they asked for, or came too often. `about`: who and where. */
export function noteRefusal(
  { code, message }: Pick<AppError, 'code' | 'message'>,
  about: Readonly<Record<string, string>>,
  log = logger(),
): void {
  if (NOTED.has(code)) log.info({ ...about, code, reason: message }, 'refused');
}
