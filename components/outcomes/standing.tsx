import { Time } from '@/components/ui/time';
import type { EvidenceRow } from '@/lib/lanes/types';

/** Whether a task counts as evidence, and from when. */
export function Standing({ standing }: { standing: EvidenceRow['standing'] }) {
  switch (standing.kind) {
    case 'counted':
      return <span className="whitespace-nowrap text-run">counted</span>;
    case 'maturing':
      return (
        <span className="whitespace-nowrap text-muted">
          matures {standing.at ? <Time at={standing.at} style="date" /> : null}
        </span>
      );
    case 'older_epoch':
      return <span className="whitespace-nowrap text-muted">older epoch</span>;
    case 'none':
      return <span className="whitespace-nowrap text-muted">no evidence</span>;
    default:
      return standing.kind satisfies never;
  }
}
