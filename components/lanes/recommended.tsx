import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { LanePage } from '@/lib/lanes/types';

/** On which evidence the lane was recommended. More has come since, so the numbers differ from today's. */
export function Recommended({ page: { recommendation } }: { page: LanePage }) {
  if (!recommendation) return null;
  return (
    <Card className="flex flex-col gap-1 px-4 py-3.5 md:max-xl:col-span-2" aria-label="Recommendation">
      <h2 className="font-semibold">
        When it was recommended, <Time at={recommendation.openedAt} style="date" />
      </h2>
      {recommendation.reasons.map((reason) => (
        <p key={reason} className="text-sm text-muted">
          {reason}
        </p>
      ))}
    </Card>
  );
}
