import type { Gear } from '../gear';
import { plural } from '../plural';
import { IDLE_GRACE_DAYS } from '../trust/constants';
import type { FadedTrust } from '../trust/fading';
import { atLeastInGear } from '../trust/trust-summary';
import { lowerFirst, tasks } from './words';

const DAY_MS = 86_400_000;
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A lane that evidence alone keeps from its next gear, as of its last entry. */
type Held = {
  blocker: string;
  to: Gear;
  pending: number;
  /** Tasks that must still mature in the gear; pending ones are among them. */
  tasksLeftInGear: number;
  openIncidents: number;
  /** Clean reviews still needed after the pending ones; null = out of reach. */
  cleanNeeded: number | null;
};

/** Its blocker on a later day: said anew as evidence fades, unless something else is in the way. */
export function blockerOn(
  { blocker, to, pending, tasksLeftInGear, openIncidents, cleanNeeded }: Held,
  faded: FadedTrust | null,
): string {
  if (!faded?.next || openIncidents > 0 || cleanNeeded === null) return blocker;
  const needed = faded.next.cleanNeeded;
  const left =
    needed === 0
      ? stillEnough(blocker, to, pending, faded.next.isProven)
      : cleanTo(to, atLeastInGear(needed, tasksLeftInGear, pending), pending);
  return `Nothing has matured since ${dayIn(faded)}, so its evidence fades; ${lowerFirst(left)}`;
}

function stillEnough(blocker: string, to: Gear, pending: number, isProven: boolean): string {
  return isProven ? blocker : `${matures(pending)}, then proven for ${to}.`;
}

/** The day of the last maturity: "19 Jan"; in another year than the one it is read in, "19 Jan 2026". */
function dayIn({ idleSince, fadedDays }: FadedTrust): string {
  const at = (day: number) => new Date(day * DAY_MS);
  const readAt = at(idleSince + IDLE_GRACE_DAYS + fadedDays);
  const isThisYear = at(idleSince).getUTCFullYear() === readAt.getUTCFullYear();
  return (isThisYear ? dayAndMonth : dayOfYear).format(at(idleSince));
}

export function cleanTo(to: Gear, clean: number | null, pending: number): string {
  if (clean === null) return `Far from ${to}: recent work lost too many points.`;
  const beyond =
    pending > 0 ? `, beyond the ${tasks(pending)} that still ${pending === 1 ? 'matures' : 'mature'}` : '';
  return `${plural(clean, 'more clean review')} to ${to}${beyond}.`;
}

export function matures(pending: number): string {
  return `${tasks(pending)} still ${pending === 1 ? 'matures' : 'mature'}`;
}
