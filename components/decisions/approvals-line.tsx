import { Time } from '@/components/ui/time';
import type { WaitingRecommendation } from '@/lib/lanes/types';

type Props = Pick<WaitingRecommendation, 'approvals' | 'approvalsNeeded'>;

/** "1 of 2 people have agreed: Mira Okafor, 2 hours ago." */
export function ApprovalsLine({ approvals, approvalsNeeded }: Props) {
  return (
    <p role="status" className="text-sm">
      {approvals.length} of {approvalsNeeded} {approvalsNeeded === 1 ? 'person has' : 'people have'} agreed
      {approvals.map(({ person, at }, index) => (
        <span key={person} className="text-muted">
          {index === 0 ? ': ' : ', '}
          <bdi>{person}</bdi> <Time at={at} />
        </span>
      ))}
      .
    </p>
  );
}
