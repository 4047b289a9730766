import { isAbove, nextGear } from '@/lib/domain/gear';
import { blockerOn } from '@/lib/domain/lane/explain-faded';
import { fadedTrust } from '@/lib/domain/trust/fading';
import { atLeastInGear, type TrustSummary } from '@/lib/domain/trust/trust-summary';
import type { LaneCell } from '../types';

const DAY_MS = 86_400_000;

/** Of the summary that is kept with a lane, what tells how it stands once evidence fades. With a task counted, no ln E is infinite. */
export type Kept = Pick<TrustSummary, 'next' | 'fading' | 'openIncidents' | 'tasksLeftInGear'>;

export type OnDay = Pick<LaneCell, 'idleSince' | 'fadedDays' | 'provenNow' | 'cleanNeededNow' | 'blocker'>;

type Stored = Pick<
  LaneCell,
  'gear' | 'ceiling' | 'proven' | 'cleanNeeded' | 'blocker' | 'recommendationId' | 'tight'
> & { pending: number };

/** What a lane's figures and its blocker are on a day (since 1970): as they were stored, less what has faded since. */
export function onDay(day: number, lane: Stored, kept: Kept | null): OnDay {
  const { gear, ceiling, proven, cleanNeeded, blocker, pending } = lane;
  const faded = kept && fadedTrust(kept.next, kept.fading, day);
  if (!faded)
    return { idleSince: null, fadedDays: 0, provenNow: proven, cleanNeededNow: cleanNeeded, blocker };
  const to = nextGear(gear);
  const isHeldByEvidence = to && !isAbove(to, ceiling) && !lane.recommendationId && !lane.tight;
  const { openIncidents, tasksLeftInGear } = kept;
  const held = { blocker, pending, tasksLeftInGear, cleanNeeded, openIncidents };
  return {
    idleSince: new Date(Math.round(faded.idleSince * DAY_MS)).toISOString(),
    fadedDays: faded.fadedDays,
    provenNow: faded.proven,
    cleanNeededNow: atLeastInGear(faded.next?.cleanNeeded ?? null, tasksLeftInGear, pending),
    blocker: isHeldByEvidence ? blockerOn({ ...held, to }, faded) : blocker,
  };
}
