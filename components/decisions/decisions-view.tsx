import { MoveLog } from '@/components/gear/move-log';
import { EmptyState } from '@/components/layout/empty-state';
import { FilterForm, FilterSelect } from '@/components/layout/filter-form';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import type { DecisionsPage } from '@/lib/decisions/types';
import { ClosedList } from './closed-list';
import { RecommendationCard } from './recommendation-card';

type Props = {
  org: string;
  page: DecisionsPage;
  teams: { slug: string; name: string }[];
  team: string | undefined;
};

export function DecisionsView({ org, page, teams, team }: Props) {
  const moves = team ? page.moves.filter((move) => move.team === team) : page.moves;
  const closed = team ? page.closed.filter((one) => one.team === team) : page.closed;
  const count = page.open.length;
  return (
    <>
      <PageHeader
        title={
          count === 0
            ? 'No decision waits.'
            : `${plural(count, 'decision')} ${count === 1 ? 'waits' : 'wait'}.`
        }
        lead="A promotion waits for a named person, run for two. A demotion takes effect at once and stands in the log below."
      />
      {count === 0 ? (
        <EmptyState title="Nothing to decide">
          A recommendation appears as soon as the evidence of a lane proves the next bar. What each lane still
          needs stands on the map.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          {page.open.map((recommendation) => (
            <RecommendationCard key={recommendation.id} org={org} recommendation={recommendation} />
          ))}
        </div>
      )}
      <section className="mt-10">
        <SectionHeading id="log" aside={plural(moves.length, 'move')}>
          Gear log
        </SectionHeading>
        <FilterForm action={paths.decisions(org)} label="Filter the log" isFiltered={Boolean(team)}>
          <FilterSelect
            name="team"
            label="Team"
            value={team}
            all="All teams"
            options={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        </FilterForm>
        {moves.length === 0 ? (
          <EmptyState title="No gear has moved yet">
            Every lane starts in crawl. The first move will stand here.
          </EmptyState>
        ) : (
          <Card aria-labelledby="log">
            <MoveLog org={org} moves={moves} />
          </Card>
        )}
      </section>
      {closed.length > 0 ? (
        <section className="mt-10">
          <SectionHeading id="closed" aside={plural(closed.length, 'recommendation')}>
            Closed recommendations
          </SectionHeading>
          <Card aria-labelledby="closed">
            <ClosedList org={org} closed={closed} />
          </Card>
        </section>
      ) : null}
    </>
  );
}
