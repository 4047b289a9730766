import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { unsafePool } from './db';
import { AppError } from './errors';

/** So many tries in so many seconds. */
export type Limit = { name: string; tries: number; seconds: number };

/** Limits are about who asks, or where mail goes; never about whom it is asked for, so that nobody can be locked out by another. */
export const LIMITS = {
  /** Beginning to sign in, or trying links and invitations that do not work, from one address. */
  signIn: { name: 'sign-in', tries: 30, seconds: 600 },
  /** Tokens that are not known, from one address. */
  unknownToken: { name: 'unknown-token', tries: 60, seconds: 600 },
  /** What one directory sends. */
  directory: { name: 'directory', tries: 3_000, seconds: 60 },
  /** Mail to one address: more is not sent, and links sent before still work. */
  mail: { name: 'mail', tries: 5, seconds: 3_600 },
} as const satisfies Record<string, Limit>;

const limiters = new Map<string, RateLimiterPostgres>();

/** Counted in the database, so that replicas share it; where that is away, each process counts for itself. */
function limiterOf({ name, tries, seconds }: Limit): RateLimiterPostgres {
  const made =
    limiters.get(name) ??
    new RateLimiterPostgres({
      storeClient: unsafePool(),
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix: name,
      points: tries,
      duration: seconds,
      // Who is over the limit is told so without asking the database again.
      inMemoryBlockOnConsumed: tries + 1,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points: tries, duration: seconds }),
    });
  limiters.set(name, made);
  return made;
}

/** Whether one more try is within the limit, which it is then counted against. @returns seconds to wait; null when it is within */
export async function overLimit(limit: Limit, who: string): Promise<number | null> {
  // Hashed: the table shall not hold the addresses of people.
  const key = createHash('sha256').update(who).digest('base64url');
  try {
    await limiterOf(limit).consume(key);
    return null;
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return Math.max(1, Math.ceil(thrown.msBeforeNext / 1000));
    throw thrown;
  }
}

/** @throws AppError `limited` */
export async function requireWithinLimit(limit: Limit, who: string): Promise<void> {
  const retryAfterSeconds = await overLimit(limit, who);
  if (retryAfterSeconds !== null)
    throw new AppError(
      'limited',
      `Too many tries from here. Wait ${Math.ceil(retryAfterSeconds / 60)} min and try again.`,
      { retryAfterSeconds },
    );
}

/**
 * Runs `work`. Where it refuses who asks, that counts against the limit, and beyond it the answer is `limited`. What is right is never
 * held up, so that nobody can lock out another who shares their address.
 */
export async function limitingRefusals<T>(limit: Limit, who: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'unauthenticated') await requireWithinLimit(limit, who);
    throw thrown;
  }
}
