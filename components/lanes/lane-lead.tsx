import { ApprovalsLine } from '@/components/decisions/approvals-line';
import { formatLevel, plural } from '@/components/ui/numbers';
import { Time } from '@/components/ui/time';
import { nextGear } from '@/lib/domain/gear';
import type { LanePage } from '@/lib/lanes/types';

/** What the lane stands on, below its headline; never what the headline has said. */
export function LaneLead({ page: { cell, reasons, recommendation } }: { page: LanePage }) {
  if (recommendation) {
    return (
      <>
        Recommended on <Time at={recommendation.openedAt} style="date" />.{' '}
        <ApprovalsLine {...recommendation} />
      </>
    );
  }
  const rest = nextGear(cell.gear) === null ? [] : reasons.filter((reason) => reason !== cell.blocker);
  if (rest.length > 0) return rest.join(' ');
  const counted = `${plural(cell.counts.matured, 'task')} counted.`;
  return cell.proven === null
    ? `Nothing proven yet. ${counted}`
    : `Proven at least ${formatLevel(cell.proven)}. ${counted}`;
}
