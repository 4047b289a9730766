import { gearWord } from '@/components/gear/words';
import { formatLevel } from '@/components/ui/numbers';
import { isAbove, nextGear } from '@/lib/domain/gear';
import type { LaneCell, LaneCounts } from '@/lib/lanes/types';

const recentMs = 14 * 24 * 60 * 60 * 1000;

/** True when policy never lets the lane rise from where it stands. */
export function isAtCeiling(cell: LaneCell): boolean {
  const next = nextGear(cell.gear);
  return next !== null && isAbove(next, cell.ceiling);
}

/** The small line of a cell: the proven level, or how much is missing; both less what has faded by now. */
export function standingOf(cell: LaneCell): string {
  const { provenNow: proven, cleanNeededNow: cleanNeeded } = cell;
  if (cell.recommendationId && proven === null) return 'ready';
  if (proven !== null && cell.gear !== 'crawl') return `≥ ${formatLevel(proven)}`;
  if (isAtCeiling(cell)) return 'ceiling';
  if (cell.recommendationId) return 'ready';
  // Enough is proven, but a refusal or the time in the gear still holds it back.
  if (cleanNeeded === 0) return 'proven';
  if (cleanNeeded !== null) return `${cleanNeeded} more`;
  return proven === null ? 'no proof' : `≥ ${formatLevel(proven)}`;
}

/** Why more tasks count, or will, than were reviewed; null where they do not. */
export function whyMoreCount({ matured, pending, reviewed }: LaneCounts): string | null {
  return matured + pending > reviewed
    ? 'Rejections, reverts and incidents count without a review, too.'
    : null;
}

export type LaneMark = 'waiting' | 'tight' | 'demoted' | 'stale';

/** The one mark a cell carries: what most wants a look. */
export function markOf(cell: LaneCell, now: number): LaneMark | null {
  if (cell.recommendationId) return 'waiting';
  if (cell.lastMove?.kind === 'demoted' && now - Date.parse(cell.lastMove.at) < recentMs) return 'demoted';
  if (cell.tight) return 'tight';
  return cell.stale ? 'stale' : null;
}

export const markWord = {
  waiting: 'a decision waits',
  tight: 'drifting, tightened',
  demoted: 'recently demoted',
  stale: 'stale evidence',
} as const satisfies Record<LaneMark, string>;

/** The lane page's first line: "Walk. 7 more clean reviews to run." */
export function headlineOf(cell: LaneCell): string {
  const next = nextGear(cell.gear);
  const word = gearWord[cell.gear];
  if (next === null) return `${word}. Nothing above it.`;
  if (cell.recommendationId) return `Ready for ${next}.`;
  return `${word}. ${cell.blocker}`;
}
