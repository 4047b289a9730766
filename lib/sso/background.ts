import type { Clock } from '@/lib/platform/clock';
import { type Repeating, repeat } from '@/lib/platform/repeat';
import { tendSignIn } from './mutations/tend';

const HOUR_MS = 3_600_000;

/** Runs in every server process until stopped. */
export function startSignInKeeper(clock: Clock): Repeating {
  return repeat(HOUR_MS, 'looking after sign-in', () => tendSignIn(clock));
}
