import { AppError, isAppError } from './errors';
import { noteBusy } from './request-fate';

/** SQLSTATEs after which the same transaction may simply be tried again. */
const RETRYABLE = new Set([
  '40001',
  '40P01',
  // Prisma's own word for them, which may come without the SQLSTATE.
  'P2034',
]);
/** Text that no column holds: NUL, or half of a surrogate pair. */
const UNSTORABLE = new Set(['22021', '22P05']);
/** Reads are answered; what was to be written is undone whole. */
const DISK_FULL = '53100';
const LOST = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '08001',
  '08004',
  '53300',
  DISK_FULL,
  // The driver adapter's and Prisma's own words for it.
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
]);
const LOST_TEXT =
  /DatabaseNotReachable|SocketTimeout|ETIMEDOUT|not queryable|starting up|shutting down|recovery mode|not yet accepting|Transaction already closed|Transaction not found|ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|Server has closed the connection|connection.*closed|terminating connection/i;
const FULL_TEXT =
  /timeout exceeded when trying to connect|Unable to start a transaction in the given time|canceling statement due to lock timeout/i;

/** Deadlock or serialization failure: nothing was written, and trying again is right. */
export function isRetryable(error: unknown): boolean {
  return chainOf(error).codes.some((code) => RETRYABLE.has(code));
}

/** The database is away: restarting, unreachable, or it dropped the connection. */
function isConnectionLost(error: unknown): boolean {
  const { codes, text } = chainOf(error);
  return codes.some((code) => LOST.has(code)) || LOST_TEXT.test(text);
}

/** The database is away or full, however the error was dressed: nothing is wrong with the work itself. */
export function isDatabaseAway(error: unknown): boolean {
  const isTold = isAppError(error) && (error.code === 'unavailable' || error.code === 'overloaded');
  return isTold || isConnectionLost(error);
}

/** Turns what the driver throws into what a door can answer; anything unknown stays as it is. */
export function translateDatabaseError(error: unknown): unknown {
  if (isAppError(error)) return error;
  if (FULL_TEXT.test(chainOf(error).text)) {
    return busy('overloaded', 'Too many requests are waiting for the database. Try again shortly.', 1);
  }
  if (chainOf(error).codes.some((code) => UNSTORABLE.has(code)))
    return new AppError('invalid', 'The text holds a character that cannot be kept, such as NUL.');
  // Tried again in vain: whoever asks, or the work list, may do so later.
  if (isRetryable(error))
    return busy('overloaded', 'Too many changes are being made to the same things. Try again shortly.', 1);
  if (chainOf(error).codes.includes(DISK_FULL))
    return busy(
      'unavailable',
      'The disk of the database is full: nothing was changed. Try again shortly.',
      2,
    );
  if (isConnectionLost(error)) {
    return busy('unavailable', 'The database cannot be reached just now. Try again shortly.', 2);
  }
  return error;
}

function busy(code: 'overloaded' | 'unavailable', message: string, retryAfterSeconds: number): AppError {
  noteBusy(retryAfterSeconds);
  return new AppError(code, message, { retryAfterSeconds });
}

/** Walks the chain of causes: Prisma wraps the adapter, the adapter wraps the driver. */
function chainOf(error: unknown): { codes: string[]; text: string } {
  const codes: string[] = [];
  const texts: string[] = [];
  const queue: unknown[] = [error];
  for (let depth = 0; depth < 12 && queue.length > 0; depth += 1) {
    const value = queue.shift();
    if (typeof value === 'string') texts.push(value);
    if (typeof value !== 'object' || value === null) continue;
    const fields = value as Record<string, unknown>;
    for (const key of ['code', 'originalCode']) if (typeof fields[key] === 'string') codes.push(fields[key]);
    for (const key of ['message', 'originalMessage', 'kind'])
      if (typeof fields[key] === 'string') texts.push(fields[key]);
    queue.push(fields.cause, fields.meta, fields.driverAdapterError);
  }
  return { codes, text: texts.join(' ') };
}
