import { MoveLog } from '@/components/gear/move-log';
import { EmptyState } from '@/components/layout/empty-state';
import { FilterForm } from '@/components/layout/filter-form';
import { TeamSelect } from '@/components/layout/lane-selects';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import type { DecisionFilters, DecisionsPage } from '@/lib/decisions/types';
import { ClosedList } from './closed-list';
import { ListPaging } from './list-paging';

type Props = {
  org: string;
  page: Pick<DecisionsPage, 'moves' | 'closed'>;
  filters: DecisionFilters;
  teams: { slug: string; name: string }[];
};

/** What has passed, of all teams or of one: the log of gears, and the recommendations that moved none. */
export function PastDecisions({ org, page: { moves, closed }, filters, teams }: Props) {
  return (
    <>
      <section className="mt-10">
        <SectionHeading id="log" aside={plural(moves.total, 'move')}>
          Gear log
        </SectionHeading>
        <FilterForm
          action={paths.decisions(org)}
          label="Filter what has passed"
          isFiltered={Boolean(filters.team)}
        >
          <TeamSelect teams={teams} value={filters.team} />
        </FilterForm>
        {moves.items.length === 0 ? (
          <EmptyState title={filters.team ? 'No gear of this team has moved yet' : 'No gear has moved yet'}>
            Every lane starts in crawl. The first move will stand here.
          </EmptyState>
        ) : (
          <Card aria-labelledby="log">
            <MoveLog org={org} moves={moves.items} />
          </Card>
        )}
        <ListPaging
          {...{ org, filters }}
          list="log"
          label="Pages of the gear log"
          nextCursor={moves.nextCursor}
        />
      </section>
      {closed.total > 0 ? (
        <section className="mt-10">
          <SectionHeading id="closed" aside={plural(closed.total, 'recommendation')}>
            Declined and withdrawn
          </SectionHeading>
          <Card aria-labelledby="closed">
            <ClosedList org={org} closed={closed.items} />
          </Card>
          <ListPaging
            {...{ org, filters }}
            list="closed"
            label="Pages of what was declined and withdrawn"
            nextCursor={closed.nextCursor}
          />
        </section>
      ) : null}
    </>
  );
}
