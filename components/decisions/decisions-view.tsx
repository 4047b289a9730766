import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { plural } from '@/components/ui/numbers';
import type { DecisionFilters, DecisionsPage } from '@/lib/decisions/types';
import { ListPaging } from './list-paging';
import { PastDecisions } from './past-decisions';
import { RecommendationCard } from './recommendation-card';

type Props = {
  org: string;
  page: DecisionsPage;
  filters: DecisionFilters;
  teams: { slug: string; name: string }[];
};

export function DecisionsView({ org, page, filters, teams }: Props) {
  const { items, total, nextCursor } = page.waiting;
  return (
    <>
      <PageHeader
        title={
          total === 0
            ? 'No decision waits.'
            : `${plural(total, 'decision')} ${total === 1 ? 'waits' : 'wait'}.`
        }
        lead="A promotion waits for a named person, run for two. A demotion takes effect at once and stands in the log below."
      />
      {items.length === 0 ? (
        <EmptyState title="Nothing to decide">
          A recommendation appears as soon as the evidence of a lane proves the next bar. What each lane still
          needs stands on the map.
        </EmptyState>
      ) : (
        <div id="waiting" className="flex flex-col gap-4">
          {items.map((recommendation) => (
            <RecommendationCard key={recommendation.id} org={org} recommendation={recommendation} />
          ))}
        </div>
      )}
      <ListPaging {...{ org, filters, nextCursor }} list="waiting" label="Pages of decisions that wait" />
      <PastDecisions {...{ org, page, filters, teams }} />
    </>
  );
}
