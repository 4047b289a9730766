import { formatShare, plural } from '@/components/ui/numbers';
import { Time } from '@/components/ui/time';
import type { Overview } from '@/lib/lanes/types';

type Props = Pick<Overview, 'coverage' | 'lastEventAt'>;

/** How much of the evidence the page stands on, with its denominator. */
export function CoverageLine({ coverage: { reviewed, decided }, lastEventAt }: Props) {
  return (
    <>
      {decided === 0
        ? 'No agent task was decided in 90 days'
        : `Independent review covers ${formatShare(reviewed, decided)} of ${plural(decided, 'decided agent task')} in 90 days`}
      {lastEventAt ? (
        <>
          {' · last event '}
          <Time at={lastEventAt} />
        </>
      ) : null}
    </>
  );
}
