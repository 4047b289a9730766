import { plural } from '@/components/ui/numbers';
import { Time } from '@/components/ui/time';
import type { WaitingRecommendation } from '@/lib/lanes/types';

type Props = Pick<WaitingRecommendation, 'approvals' | 'approvalsNeeded'>;

/** "2 people have to agree." or "Mira Okafor agreed 2 hours ago; 1 more person has to." */
export function ApprovalsLine({ approvals, approvalsNeeded }: Props) {
  const missing = approvalsNeeded - approvals.length;
  if (approvals.length === 0) return <>{plural(missing, 'person has to agree', 'people have to agree')}.</>;
  return (
    <>
      {approvals.map(({ person, at }, index) => (
        <span key={person}>
          {index === 0 ? null : ', '}
          <bdi>{person}</bdi> agreed <Time at={at} />
        </span>
      ))}
      ; {plural(missing, 'more person has to', 'more people have to')}.
    </>
  );
}
