import { verdictWord } from '@/components/gear/verdict-words';
import { gearWord } from '@/components/gear/words';
import { EmptyState } from '@/components/layout/empty-state';
import { FilterForm, FilterSelect } from '@/components/layout/filter-form';
import { type LaneChoices, LaneSelects } from '@/components/layout/lane-selects';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { CsvButton } from '@/components/ui/csv-button';
import { plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import type { LaneFilters, LaneList } from '@/lib/lanes/types';
import { LanesTable } from './lanes-table';

const tableId = 'lanes';

function options(words: Record<string, string>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

type Props = LaneChoices & { org: string; list: LaneList; filters: LaneFilters };

export function LanesView({ org, list, filters, teams, categories }: Props) {
  const { items, total } = list;
  const isFiltered = Boolean(filters.team || filters.category || filters.gear || filters.verdict);
  return (
    <>
      <PageHeader
        title={isFiltered ? `${items.length} of ${plural(total, 'lane')}.` : `${plural(total, 'lane')}.`}
        lead="A lane is a team and a kind of work: the thing that carries a gear. The same lanes as on the map, as a table."
      />
      <FilterForm
        action={paths.lanes(org)}
        label="Filter lanes"
        isFiltered={isFiltered}
        aside={<CsvButton tableId={tableId} fileName="gait-lanes.csv" aria-label="Save the lanes as CSV" />}
      >
        <LaneSelects {...{ teams, categories, filters }} />
        <FilterSelect
          name="gear"
          label="Gear"
          value={filters.gear}
          all="All gears"
          options={options(gearWord)}
        />
        <FilterSelect
          name="verdict"
          label="Verdict"
          value={filters.verdict}
          all="All verdicts"
          options={options(verdictWord)}
        />
        {filters.sort ? <input type="hidden" name="sort" value={filters.sort} /> : null}
        {filters.descending ? <input type="hidden" name="order" value="down" /> : null}
      </FilterForm>
      {items.length === 0 ? (
        <EmptyState title={isFiltered ? 'No lane is like that.' : 'No lane yet'}>
          {isFiltered ? (
            <TextLink href={paths.lanes(org)}>Show all lanes</TextLink>
          ) : (
            <>
              A lane appears with the first task of its kind.{' '}
              <TextLink href={paths.overview(org)}>Send evidence</TextLink>.
            </>
          )}
        </EmptyState>
      ) : (
        <Card>
          <LanesTable org={org} rows={items} filters={filters} id={tableId} />
        </Card>
      )}
    </>
  );
}
