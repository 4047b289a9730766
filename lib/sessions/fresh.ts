import type { Ctx } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';

/** How long a proof of who one is counts as fresh, in ms. */
export const FRESH_MS = 15 * 60_000;

/**
 * Asks for a fresh proof before what is sensitive: an open browser must not be enough to take an organisation over.
 * @throws AppError `fresh_sign_in_needed`
 */
export function requireFresh({ actor, clock }: Pick<Ctx, 'actor' | 'clock'>): void {
  if (actor.kind !== 'user') return;
  const since = clock.now().getTime() - actor.authenticatedAt;
  // By a clock that was ahead, somebody may have proven it at a time that has not come yet.
  if (since > FRESH_MS || since < -FRESH_MS)
    throw new AppError(
      'fresh_sign_in_needed',
      'This needs a fresh sign-in: prove again who you are, and do it within 15 minutes.',
    );
}
