import type { Severity } from './event';
import { type Gear, lowerGear } from './gear';
import type { LinkStatus } from './incident';
import { whyNoObservation } from './outcome';
import { plural } from './plural';
import { SEVERITY_CHARGES } from './trust/severity';

/** A task that an incident is linked to, and its lane, as they stand. */
export type LinkedTask = {
  /** As people read it: `Payments · Bug fixes`. */
  readonly lane: string;
  readonly gear: Gear;
  /** Whether the lane has the reviews of the next lower gear. */
  readonly tight: boolean;
  /** What other charges make the task count as: the largest loss (see SEVERITY_CHARGES); 0 where there is none. */
  readonly failures: number;
  /** Why nothing is charged to it, in one sentence; null when it is. */
  readonly uncharged: string | null;
};

/** Why a confirmed link charges nothing, in one sentence; null when it does. The rule itself is that of `chargesOf`. */
export function whyUncharged(
  cause: string | null,
  task: { decidedAt: unknown; agent: unknown },
): string | null {
  if (cause === 'unrelated') return 'The cause of the incident is “unrelated”.';
  return whyNoObservation(task);
}

const failures = (count: number): string => plural(count, 'failure');

/** The hard rule of grave incidents; the others move a gear only by their losses. */
function gearAfter(severity: Severity, gear: Gear): Gear {
  if (severity === 'SEV1') return 'crawl';
  return severity === 'SEV2' ? lowerGear(gear) : gear;
}

/** What confirming a link would do, in one sentence, said before it is done. */
export function consequenceOf(severity: Severity, task: LinkedTask): string {
  const { lane, gear, uncharged } = task;
  if (uncharged) return `Confirming charges nothing for now. ${uncharged}`;
  const { loss } = SEVERITY_CHARGES[severity];
  const isMore = loss > task.failures;
  const already = `the task counts as ${failures(task.failures)} already`;
  const to = gearAfter(severity, gear);
  if (to !== gear)
    return `Confirming takes ${lane} from ${gear} to ${to} at once${isMore ? `, and counts as ${failures(loss)}` : `; ${already}`}.`;
  if (!isMore) return `Confirming adds nothing in ${lane}: ${already}.`;
  const stays = gear === 'crawl' ? 'is in crawl' : `keeps ${gear} unless that breaks its bar`;
  return `Confirming counts as ${failures(loss)} in ${lane}, which ${stays}.`;
}

/** What a decision about a link has brought about, in one sentence, by how the task's lane stood before and stands now. */
export function whatHappened(
  status: Exclude<LinkStatus, 'suggested'>,
  severity: Severity,
  before: LinkedTask,
  now: LinkedTask,
): string {
  const { lane, gear, uncharged } = now;
  const tightened = now.tight && !before.tight ? ' under the reviews of the next lower gear' : '';
  const gears =
    before.gear === gear ? `it stays in ${gear}${tightened}` : `it went from ${before.gear} to ${gear}`;
  if (status === 'rejected')
    return uncharged ? 'Nothing had been charged.' : `No longer charged to ${lane}: ${gears}.`;
  if (uncharged) return `Nothing is charged. ${uncharged}`;
  const counts = failures(Math.max(now.failures, SEVERITY_CHARGES[severity].loss));
  return `Charged to ${lane}: ${gears}, and the task counts as ${counts}.`;
}
