import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { unsafePool } from './db';
import { AppError } from './errors';

/** So many tries in so many seconds. */
export type Limit = { name: string; tries: number; seconds: number };

const TEN_MINUTES = 600;

/**
 * What fails is counted, by the network that it comes from and by what it is aimed at; what succeeds is not, and is never held up. So
 * neither a colleague behind the same address nor anybody who aims at another can lock that one out.
 */
export const LIMITS = {
  /** Beginning to sign in, from one network. Most of these succeed: an office of 500 people may begin four times each. */
  signInStart: { name: 'sign-in-start', tries: 2_000, seconds: TEN_MINUTES },
  /** Links, invitations and answers of providers that do not work, from one network. */
  signInFailure: { name: 'sign-in-failure', tries: 30, seconds: TEN_MINUTES },
  /** The same from all networks, at the links or invitations of one organisation, or at one connection. */
  signInTarget: { name: 'sign-in-target', tries: 300, seconds: TEN_MINUTES },
  /** Proving anew who one is, of one person. */
  reauthentication: { name: 'reauthentication', tries: 30, seconds: TEN_MINUTES },
  /** Tokens that are not known, from one network. */
  unknownToken: { name: 'unknown-token', tries: 60, seconds: TEN_MINUTES },
  /** The same from all networks, of one organisation. */
  unknownTokenTarget: { name: 'unknown-token-target', tries: 600, seconds: TEN_MINUTES },
  /** What one directory sends. */
  directory: { name: 'directory', tries: 3_000, seconds: 60 },
  /**
   * Mails with links to one address, whoever asks for them. No longer than such a link lives: while none is sent, those that were sent
   * still work, so nobody can keep another from getting one.
   */
  mail: { name: 'sign-in-mail', tries: 3, seconds: TEN_MINUTES },
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
  if (retryAfterSeconds !== null) throw limited(retryAfterSeconds);
}

function limited(retryAfterSeconds: number, cause?: unknown): AppError {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new AppError('limited', `Too many tries. Wait ${minutes} min and try again.`, {
    retryAfterSeconds,
    cause,
  });
}

/** What a try counts against. */
export type Counted = { limit: Limit; who: string };

/** A try to sign in: where it comes from, and what it is aimed at, if that is known. */
export function signInTries(client: string, target: string | null): Counted[] {
  return triesOf(LIMITS.signInFailure, client, LIMITS.signInTarget, target);
}

/** A try of a token: where it comes from, and which organisation the token names. */
export function tokenTries(client: string, target: string | null): Counted[] {
  return triesOf(LIMITS.unknownToken, client, LIMITS.unknownTokenTarget, target);
}

function triesOf(limit: Limit, client: string, ofTarget: Limit, target: string | null): Counted[] {
  return [{ limit, who: client }, ...(target === null ? [] : [{ limit: ofTarget, who: target }])];
}

/**
 * Runs `work`. Where it refuses who asks, that counts against each of the limits, up to the first that is exceeded, and beyond it the
 * answer is `limited`: so one network cannot use up alone what a target is allowed from all.
 */
export async function limitingRefusals<T>(counted: readonly Counted[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'unauthenticated') throw thrown;
    for (const { limit, who } of counted) {
      const retryAfterSeconds = await overLimit(limit, who);
      if (retryAfterSeconds !== null) throw limited(retryAfterSeconds, thrown);
    }
    throw thrown;
  }
}
