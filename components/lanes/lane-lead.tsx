import { ApprovalsLine } from '@/components/decisions/approvals-line';
import { formatLevel, plural } from '@/components/ui/numbers';
import { Time } from '@/components/ui/time';
import { nextGear } from '@/lib/domain/gear';
import type { LanePage } from '@/lib/lanes/types';

/** What the lane stands on, below its headline; never what the headline has said. */
export function LaneLead({ page }: { page: LanePage }) {
  const { cell, reasons, recommendation } = page;
  if (recommendation) {
    return (
      <>
        Recommended on <Time at={recommendation.openedAt} style="date" />.{' '}
        <ApprovalsLine {...recommendation} />
        {recommendation.sinceThen ? ` ${recommendation.sinceThen}` : null}
      </>
    );
  }
  const rest = nextGear(cell.gear) === null ? [] : reasons.filter((reason) => reason !== cell.blocker);
  if (rest.length > 0) return rest.join(' ');
  const counted = `${plural(cell.counts.matured, 'task')} counted.`;
  return cell.provenNow === null
    ? `Nothing proven ${cell.proven === null ? 'yet' : 'any more'}. ${counted}`
    : `Proven at least ${formatLevel(cell.provenNow)}. ${counted}`;
}
